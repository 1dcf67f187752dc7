export { type Envelope, readEnvelope } from './envelope.ts';
