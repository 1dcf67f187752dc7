/** Form controls over the engine of `@demilge/xform`: filled on a phone, or drawn on the server for light public forms. */
export { type Device, PHOTO, type PhotoSettings } from './env.ts';
export { FormView, type FormViewProps } from './FormView.tsx';
export { messages as formControlMessages } from './messages/index.ts';

export { FirstPage, readPosted, StaticForm } from './StaticForm.tsx';
