/** One expression over one document, without a form: for tests and tools. */
import { deviceZone } from './dates.ts';
import { XFormError } from './error.ts';
import { cryptoRandom, cryptoUuid } from './random.ts';
import { type TreeNode, treeOf } from './tree.ts';
import type { Clock } from './types.ts';
import { INSTANCE_LIMITS, readXml } from './xml.ts';
import { compileXPath } from './xpath-compile.ts';
import { parseXPath } from './xpath-parse.ts';
import { type Environment, evaluateCode } from './xpath-run.ts';

export interface EvaluateOptions extends Clock {
  /** The document. Default: an empty one. */
  readonly xml?: string;
  /** A path to the context node. Default: the root element. */
  readonly ref?: string;
  /** Secondary instances: id → XML text. */
  readonly instances?: Readonly<Record<string, string>>;
  readonly language?: string;
  readonly random?: () => number;
  readonly uuid?: () => string;
}

export type EvaluatedValue = string | number | boolean | string[];

/** The value of an expression; a node-set as the texts of its nodes. Throws XFormError: expression, function, arity, evaluation, too-much-work. */
export function evaluateXPath(expression: string, options: EvaluateOptions = {}): EvaluatedValue {
  const document = treeOf(readXml(options.xml ?? '<data/>', INSTANCE_LIMITS));
  const now = options.now ?? (() => new Date());
  const trees = new Map<string, TreeNode>();
  const env: Environment = {
    zone: options.utcOffset ?? deviceZone,
    language: options.language ?? '',
    version: '',
    now: () => now().getTime(),
    uuid: options.uuid ?? cryptoUuid,
    random: options.random ?? cryptoRandom,
    instance(id) {
      const text = options.instances?.[id];
      if (text !== undefined && !trees.has(id)) trees.set(id, treeOf(readXml(text, INSTANCE_LIMITS)));
      return trees.get(id);
    },
    itext: () => '',
    choiceName: () => '',
    property: () => '',
    seed: () => 1,
  };
  let node: TreeNode | undefined = document.children[0];
  if (options.ref !== undefined) {
    const found = evaluateCode(compileXPath(parseXPath(options.ref)), env, document);
    node = typeof found === 'object' ? found[0] : undefined;
  }
  if (!node) throw new XFormError('ref', `there is no ${options.ref}`, { path: options.ref ?? '/' });
  const value = evaluateCode(compileXPath(parseXPath(expression)), env, node);
  return typeof value === 'object' ? value.map((item) => item.string) : value;
}
