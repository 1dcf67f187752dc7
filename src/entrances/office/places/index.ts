import type { NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Follows } from '../../../kernel/subjects/index.ts';
import { subjectRoutes } from '../registers/subject-routes.ts';

/** Facilities, organisations and places are no secrets, but the office's lists of them are the office's. */
export const placeRules: Rules = {
  'places.view': ['coordinator', 'reviewer', 'auditor'],
  'places.edit': ['coordinator'],
};
export const placeNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'registers',
    href: '/office/facilities',
    label: 'registers.thing.title',
    icon: 'facility',
    action: 'places.view',
    order: 210,
  },
  {
    place: 'office',
    group: 'registers',
    href: '/office/organisations',
    label: 'registers.organisation.title',
    icon: 'organisation',
    action: 'places.view',
    order: 220,
  },
  {
    place: 'office',
    group: 'registers',
    href: '/office/places',
    label: 'registers.place.title',
    icon: 'place',
    action: 'places.view',
    order: 230,
  },
];
export const placeRoutes = (follows: Follows): readonly Page[] =>
  (['thing', 'organisation', 'place'] as const).flatMap((kind) => subjectRoutes(kind, follows));
