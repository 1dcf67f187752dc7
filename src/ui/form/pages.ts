import type { ControlNode, Form, FormNode, RepeatInstanceNode, RepeatNode } from '@demilge/xform';

/** What stands on the screen at once: one question, a group marked `field-list`, or the end of a list with "add one more". */
export interface FormPage {
  /** Stays the same while the form is open. */
  readonly key: string;
  /** The first node's path: where a draft is taken up again. */
  readonly ref: string;
  readonly nodes: readonly FormNode[];
  /** Names of the parts of the form around it, outermost first. */
  readonly trail: readonly string[];
  /** The instance that can be removed from here. */
  readonly instance?: RepeatInstanceNode;
  /** The list that ends here. */
  readonly ends?: RepeatNode;
}

const isTogether = (node: FormNode): boolean => node.appearance.includes('field-list');

/** A list that is marked by thumb on one screen. */
export const isRegister = (node: FormNode): boolean => node.appearance.includes('register');

/** The pages of a form as it stands: only what is relevant now. */
export function pagesOf(form: Form): FormPage[] {
  const pages: FormPage[] = [];
  walk(form.root, [], undefined, pages);
  return pages;
}

function walk(node: FormNode, trail: readonly string[], instance: RepeatInstanceNode | undefined, pages: FormPage[]) {
  if (!node.relevant) return;
  if (node.kind === 'control') {
    pages.push(page(node, trail, instance));
    return;
  }
  if (node.kind === 'repeat') {
    if (isRegister(node)) {
      pages.push(page(node, trail, instance));
      return;
    }
    for (const child of node.children) walk(child, trail, instance, pages);
    if (node.canAdd) pages.push({ ...page(node, trail, instance), key: `end-${node.id}`, nodes: [], ends: node });
    return;
  }
  const own = node.kind === 'repeatInstance' ? node : instance;
  if (node.parent && isTogether(node)) {
    if (shown(node)) pages.push(page(node, trail, own));
    return;
  }
  const title = node.kind === 'repeatInstance' ? numbered(node) : node.label;
  const inside = node.parent && title ? [...trail, title] : trail;
  for (const child of node.children) walk(child, inside, own, pages);
}

function page(node: FormNode, trail: readonly string[], instance: RepeatInstanceNode | undefined): FormPage {
  return { key: `p-${node.id}`, ref: node.ref, nodes: [node], trail, ...(instance && canGo(instance) && { instance }) };
}

const canGo = (instance: RepeatInstanceNode): boolean =>
  instance.parent?.kind === 'repeat' && instance.parent.canRemove && instance.parent.children.length > 0;

/** "Problem 2": the list's own name and the number of the instance. */
export function numbered(node: RepeatInstanceNode): string {
  return `${node.label || node.parent?.label || ''} ${node.position}`.trim();
}

/** Whether a group has anything to show now. */
function shown(node: FormNode): boolean {
  if (!node.relevant) return false;
  if (node.kind === 'control') return true;
  return node.children.some(shown) || (node.kind === 'repeat' && node.canAdd);
}

/** The questions of a page that are relevant now, in order. */
export function questionsOf(nodes: readonly FormNode[]): ControlNode[] {
  return nodes.flatMap((node): ControlNode[] => {
    if (!node.relevant) return [];
    return node.kind === 'control' ? [node] : questionsOf(node.children);
  });
}

/** The page that holds a path, or the first that comes near it. */
export function pageAt(pages: readonly FormPage[], ref: string): number {
  const exact = pages.findIndex((one) => one.ref === ref && !one.ends);
  if (exact >= 0) return exact;
  const holds = pages.findIndex((one) => questionsOf(one.nodes).some((node) => node.ref === ref));
  if (holds >= 0) return holds;
  const near = pages.findIndex((one) => ref.startsWith(`${one.ref}/`) || one.ref.startsWith(`${ref}/`));
  return Math.max(0, near);
}
