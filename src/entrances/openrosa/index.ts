export { messages as openRosaMessages } from './messages/index.ts';
export { type OpenRosaDeps, openRosaRoutes, openRosaRules } from './routes.ts';
