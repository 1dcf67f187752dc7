export { type Assets, loadAssets } from './assets.ts';
export { type Packed, pack } from './compress.ts';
export { type Fields, readFields, readForm, readUploads, type Upload, type Uploads, uuidParam } from './input.ts';
export { type CachedPage, makePageCache, type PageCache } from './page-cache.ts';
export { type Flash, json, noContent, page, type Reply, seeOther, stream, text } from './reply.ts';
export { type Method, type Mount, mountRoutes, type Route } from './route.ts';
export { createServer, loggedPath, type ServerOptions } from './server.ts';
