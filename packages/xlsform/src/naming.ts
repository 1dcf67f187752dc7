import type { Place, Report } from './diagnostics.ts';
import { isName } from './references.ts';
import type { FormNode } from './tree.ts';

/** Checks the name of a new node against its shape, its siblings, and, for repeats, the whole form. */
export interface NameKeeper {
  /** True when the node may be added under this name. */
  accept(parent: FormNode, kind: FormNode['kind'], name: string, place: Place): boolean;
}

export function createNameKeeper(rootName: string, report: Report): NameKeeper {
  const siblings = new WeakMap<FormNode, { exact: Set<string>; lower: Set<string> }>();
  const repeats = new Set<string>();
  return {
    accept(parent, kind, name, place) {
      if (!isName(name)) {
        report.error('NAMES_008', place, { value: name });
        return false;
      }
      let used = siblings.get(parent);
      if (!used) {
        used = { exact: new Set(), lower: new Set() };
        siblings.set(parent, used);
      }
      // The meta node of an entity may stand in a group or repeat as well as in the form.
      if (name === 'meta') report.error('NAMES_005', place, { value: name });
      if (used.exact.has(name)) {
        report.error('NAMES_001', place, { value: name });
        return false;
      }
      if (kind === 'repeat') {
        if (name === rootName) report.error('NAMES_003', place, { value: name });
        if (repeats.has(name)) {
          report.error('NAMES_004', place, { value: name });
          return false;
        }
        repeats.add(name);
      }
      if (used.lower.has(name.toLowerCase())) report.warn('NAMES_002', place, { value: name });
      used.exact.add(name);
      used.lower.add(name.toLowerCase());
      return true;
    },
  };
}
