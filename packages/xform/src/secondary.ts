/** Secondary instances: lists inside the form and lists from files (CSV, XML, GeoJSON, the last saved record). */
import type { Model } from './model.ts';
import { DOCUMENT, ELEMENT, TreeNode, treeOf } from './tree.ts';
import type { Limits, ResourceReader } from './types.ts';
import { INSTANCE_LIMITS, readXml } from './xml.ts';

export const LAST_SAVED = 'jr://instance/last-saved';
const TABLE_LIMITS: Limits = { ...INSTANCE_LIMITS, maxLength: 64_000_000, maxNodes: 4_000_000 };

/** Rows of CSV text: quoted fields, doubled quotes, any line end; a first line without commas may be split by semicolons. */
export function readCsv(text: string): string[][] {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const first = source.slice(0, (source.indexOf('\n') + 1 || source.length + 1) - 1);
  const mark = !first.includes(',') && first.includes(';') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let i = 0;
  while (i < source.length) {
    let field = '';
    if (source[i] === '"') {
      i++;
      for (;;) {
        const end = source.indexOf('"', i);
        if (end < 0) {
          field += source.slice(i);
          i = source.length;
          break;
        }
        field += source.slice(i, end);
        i = end + 1;
        if (source[i] !== '"') break;
        field += '"';
        i++;
      }
    }
    const from = i;
    while (i < source.length && source[i] !== mark && source[i] !== '\n' && source[i] !== '\r') i++;
    row.push(field + source.slice(from, i));
    if (source[i] === mark) {
      i++;
      if (i === source.length) row.push('');
      continue;
    }
    if (source[i] === '\r' && source[i + 1] === '\n') i++;
    i++;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length) rows.push(row);
  return rows;
}

function leaf(parent: TreeNode, name: string, text: string): void {
  parent.children.push(new TreeNode(ELEMENT, name, parent, text));
}

function emptyList(): { document: TreeNode; root: TreeNode } {
  const document = new TreeNode(DOCUMENT, '', undefined);
  const root = new TreeNode(ELEMENT, 'root', document);
  document.children.push(root);
  return { document, root };
}

function item(root: TreeNode): TreeNode {
  const node = new TreeNode(ELEMENT, 'item', root);
  root.children.push(node);
  return node;
}

function csvTree(text: string): TreeNode {
  const { document, root } = emptyList();
  const [names = [], ...rows] = readCsv(text);
  for (const row of rows) {
    const node = item(root);
    for (let i = 0; i < names.length; i++) leaf(node, names[i]!.trim(), row[i] ?? '');
  }
  return document;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Coordinates of GeoJSON (longitude first) as ODK's points (latitude first). */
function pointsText(coordinates: Json | undefined): string {
  if (!Array.isArray(coordinates)) return '';
  if (typeof coordinates[0] === 'number') {
    return `${asText(coordinates[1])} ${asText(coordinates[0])} ${asText(coordinates[2] ?? 0)} 0`;
  }
  return coordinates.map(pointsText).join('; ');
}

function geoJsonTree(text: string): TreeNode {
  const { document, root } = emptyList();
  const parsed = JSON.parse(text) as Json;
  const features =
    parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? parsed.features : undefined;
  for (const feature of Array.isArray(features) ? features : []) {
    if (feature === null || typeof feature !== 'object' || Array.isArray(feature)) continue;
    const node = item(root);
    const { geometry, properties, id } = feature;
    const shape = geometry !== null && typeof geometry === 'object' && !Array.isArray(geometry) ? geometry : {};
    const inner =
      shape.type === 'Polygon' && Array.isArray(shape.coordinates) ? shape.coordinates[0] : shape.coordinates;
    leaf(node, 'geometry', pointsText(inner));
    const own = properties !== null && typeof properties === 'object' && !Array.isArray(properties) ? properties : {};
    if (id !== undefined && !('id' in own)) leaf(node, 'id', asText(id));
    for (const key of Object.keys(own)) leaf(node, key, asText(own[key]));
  }
  return document;
}

function fileTree(src: string, text: string): TreeNode {
  const start = text.trimStart();
  if (/\.geojson$/i.test(src) || start.startsWith('{')) return geoJsonTree(text);
  if (/\.csv$/i.test(src) && !start.startsWith('<')) return csvTree(text);
  return start.startsWith('<') ? treeOf(readXml(text, TABLE_LIMITS)) : csvTree(text);
}

/** Gives the secondary instances of a form, each read when first asked for. */
export function secondaryInstances(model: Model, resources: ResourceReader | undefined) {
  const trees = new Map<string, TreeNode | undefined>();
  const missing: string[] = [];
  let misses = 0;
  const load = (id: string): TreeNode | undefined => {
    const inside = model.internal.get(id);
    if (inside) return treeOf(inside);
    const src = model.external.get(id);
    const addresses = src === undefined ? [`jr://file-csv/${id}.csv`] : [src];
    for (const address of addresses) {
      const text = resources?.(address);
      if (text !== undefined) return fileTree(address, text);
    }
    if (src !== LAST_SAVED) missing.push(addresses[0]!);
    return undefined;
  };
  return {
    missing,
    /** How often a list was asked for that is not there. */
    get misses() {
      return misses;
    },
    get(id: string): TreeNode | undefined {
      if (!trees.has(id)) trees.set(id, load(id));
      const tree = trees.get(id);
      if (!tree && model.external.get(id) !== LAST_SAVED) misses++;
      return tree;
    },
  };
}
