/** Characters that could end the script element or a JavaScript line, written as JSON escapes. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON that can stand inside a script element: equal to the value when parsed, with no `<`, `>` or `&` in it. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** schema.org data for search engines. It is a data block: browsers do not run it and CSP lets it be. */
export function JsonLd({ data }: { readonly data: unknown }) {
  // A script's text is not decoded by browsers, so the usual escaping would spoil it; safeJson escapes instead.
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: safeJson(data) }} />;
}
