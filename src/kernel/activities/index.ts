export { messages as activityMessages } from './messages/index.ts';
export { type ActivityGiven, editActivity, planActivity } from './plan.ts';
export { type Activity, activities, activitiesOf, activity } from './queries.ts';
