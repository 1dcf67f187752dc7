/**
 * The reference engine (`@getodk/xforms-engine`) in jsdom, behind the few calls that the comparison and the bench need.
 * It is a development dependency and never part of what we ship.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// jsdom brings no types of its own.
const { JSDOM } = require('jsdom') as { JSDOM: new (html: string) => { window: Record<string, unknown> } };

const NAMES = [
  'document',
  'DOMParser',
  'XMLSerializer',
  'XPathResult',
  'Node',
  'Element',
  'Document',
  'Attr',
  'Text',
  'Comment',
  'NodeFilter',
  'File',
  'CDATASection',
  'ProcessingInstruction',
  'XMLDocument',
  'CharacterData',
  'DocumentFragment',
] as const;

/** What we use of a node of the reference engine. */
interface ReferenceNode {
  readonly nodeType: string;
  readonly currentState: {
    readonly reference: string;
    readonly relevant: boolean;
    readonly required: boolean;
    readonly readonly: boolean;
    readonly value: unknown;
    readonly label: { readonly asString: string } | null;
    readonly hint: { readonly asString: string } | null;
    readonly children: readonly ReferenceNode[] | null;
    readonly valueOptions?: readonly { readonly value: string; readonly label: { readonly asString: string } }[];
  };
  readonly validationState?: { readonly violation: { readonly condition: string } | null };
  setValue?(value: unknown): void;
  setValues?(values: readonly string[]): void;
  selectValue?(value: string): void;
  selectValues?(values: readonly string[]): void;
  addInstances?(): void;
  removeInstances?(index: number): void;
  setLanguage?(language: unknown): void;
  prepareInstancePayload?(): Promise<{ data: readonly { get(name: string): { text(): Promise<string> } }[] }>;
}

export interface ReferenceState {
  readonly ref: string;
  readonly type: string;
  readonly relevant: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly label: string;
  readonly hint: string;
  readonly violation: string;
  readonly choices: readonly string[];
}

export interface ReferenceForm {
  find(ref: string): ReferenceNode | undefined;
  set(ref: string, value: string): void;
  addRepeat(ref: string): void;
  removeRepeat(ref: string, index: number): void;
  xml(): Promise<string>;
  states(): ReferenceState[];
}

interface Engine {
  loadForm(
    xml: string,
    options: unknown,
  ): Promise<{ status: string; error?: Error; createInstance(): { root: ReferenceNode } }>;
}

let engine: Promise<Engine> | undefined;

/** Loads the reference engine once, with the globals of a browser that it expects. */
export function referenceEngine(): Promise<Engine> {
  engine ??= (async () => {
    const scope = globalThis as unknown as Record<string, unknown>;
    const { window } = new JSDOM('<!doctype html><html><body></body></html>');
    scope.window = window;
    for (const name of NAMES) scope[name] = window[name];
    // Its XPath parser is WebAssembly built for CommonJS.
    scope.__dirname = '/';
    scope.require = require;
    return (await import('@getodk/xforms-engine')) as unknown as Engine;
  })();
  return engine;
}

const text = (value: { asString: string } | null | undefined) => (value?.asString ?? '').trim();

/** Opens a form in the reference engine; `resources` as in our own `openForm`. */
export async function openReference(
  xml: string,
  resources: (src: string) => string | undefined,
): Promise<ReferenceForm> {
  const { loadForm } = await referenceEngine();
  const loaded = await loadForm(xml, {
    fetchFormAttachment: (url: URL) => {
      const found = resources(String(url));
      const headers = {
        'content-type': String(url).endsWith('csv')
          ? 'text/csv'
          : String(url).endsWith('geojson')
            ? 'application/geo+json'
            : 'text/xml',
      };
      return Promise.resolve(
        found === undefined ? new Response('', { status: 404 }) : new Response(found, { status: 200, headers }),
      );
    },
    missingResourceBehavior: 'BLANK',
  });
  if (loaded.status === 'failure') throw loaded.error ?? new Error('the reference engine refuses the form');
  const { root } = loaded.createInstance();
  const visit = (node: ReferenceNode, see: (node: ReferenceNode) => void) => {
    see(node);
    for (const child of node.currentState.children ?? []) visit(child, see);
  };
  const find = (ref: string, type?: RegExp) => {
    let hit: ReferenceNode | undefined;
    visit(root, (node) => {
      if (node.currentState.reference === ref && (!type || type.test(node.nodeType))) hit ??= node;
    });
    return hit;
  };
  return {
    find,
    set(ref, value) {
      const node = find(ref, /^(?!group|repeat|root|model)/);
      if (!node) throw new Error(`the reference engine has no ${ref}`);
      const words = value.split(' ').filter((word) => word !== '');
      if (node.nodeType === 'select') node.selectValues!(words);
      else if (node.nodeType === 'rank') node.setValues!(words);
      else if (node.nodeType === 'trigger') node.setValue!(value === 'OK');
      else if (node.nodeType === 'upload') node.setValue!(value === '' ? null : new File(['x'], value));
      else if (node.nodeType === 'range') node.setValue!(value === '' ? null : Number(value));
      else node.setValue!(value);
    },
    addRepeat(ref) {
      find(ref, /^repeat-range/)!.addInstances!();
    },
    removeRepeat(ref, index) {
      find(ref, /^repeat-range/)!.removeInstances!(index);
    },
    async xml() {
      const payload = await root.prepareInstancePayload!();
      return payload.data[0]!.get('xml_submission_file').text();
    },
    states() {
      const out: ReferenceState[] = [];
      visit(root, (node) => {
        const { currentState: state } = node;
        out.push({
          ref: state.reference,
          type: node.nodeType,
          relevant: state.relevant,
          required: state.required ?? false,
          readonly: state.readonly,
          label: text(state.label),
          hint: text(state.hint),
          violation: node.validationState?.violation?.condition ?? '',
          choices: (state.valueOptions ?? []).map((choice) => `${choice.value}=${text(choice.label)}`),
        });
      });
      return out;
    },
  };
}
