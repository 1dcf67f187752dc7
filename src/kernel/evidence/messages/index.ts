import type { Catalogue } from '../../../platform/i18n/index.ts';
import en from './en.json' with { type: 'json' };
import ky from './ky.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

export const messages: Catalogue = { ky, ru, en };
