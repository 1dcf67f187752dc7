// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticks } from './charts/scale.ts';
import { galleryPages, OFFICE_EXAMPLES, PUBLIC_EXAMPLES } from './gallery.tsx';
import { galleryLocale } from './gallery-locale.ts';
import {
  Breadcrumbs,
  Disaggregation,
  JsonLd,
  Pagination,
  PublicLayout,
  renderPage,
  renderPart,
  safeJson,
  TextField,
} from './index.ts';
import { LANGUAGES } from './locale.ts';
import { type LonLat, OBLASTS, OUTLINES } from './map/outline.ts';

const STYLES = join(import.meta.dirname, 'styles');
const read = (name: string) => readFileSync(join(STYLES, name));
const pages = galleryPages((name) => `/assets/${name}`);
const ky = galleryLocale('ky');
const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

describe('every page of the gallery', () => {
  const documents = pages.map((page) => ({ ...page, document: parse(page.html) }));

  test('stands under the strict content security policy: no inline style, script or handler', () => {
    const inline = documents.flatMap(({ name, document }) =>
      [...document.querySelectorAll('*')]
        .filter(
          (element) =>
            element.getAttributeNames().some((attribute) => attribute === 'style' || attribute.startsWith('on')) ||
            element.tagName === 'STYLE' ||
            (element.tagName === 'SCRIPT' && element.getAttribute('type') !== 'application/ld+json'),
        )
        .map((element) => `${name}: ${element.outerHTML.slice(0, 80)}`),
    );
    expect(inline).toEqual([]);
  });

  test('gives each id once, and every label, description and pattern leads to one', () => {
    const faults = documents.flatMap(({ name, document }) => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
      const asked = [...document.querySelectorAll('*')].flatMap((element) => [
        ...['for', 'aria-describedby', 'aria-labelledby'].flatMap((attribute) =>
          (element.getAttribute(attribute) ?? '').split(' '),
        ),
        /^url\(#(.+)\)$/.exec(element.getAttribute('fill') ?? '')?.[1] ?? '',
      ]);
      return [
        ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${name}: ${id} twice`),
        ...asked.filter((id) => id && !ids.includes(id)).map((id) => `${name}: ${id} is missing`),
      ];
    });
    expect(faults).toEqual([]);
  });

  test('is in one language, says which, and has one h1 and one main part', () => {
    expect(
      documents.map(({ name, document }) => [
        name.split('-')[1],
        document.documentElement.lang,
        document.querySelectorAll('h1').length,
        document.querySelectorAll('main').length,
      ]),
    ).toEqual(documents.map(({ name }) => [name.split('-')[1], name.split('-')[1], 1, 1]));
  });

  test('draws every control in every language', () => {
    const drawn = LANGUAGES.flatMap((language) =>
      [...PUBLIC_EXAMPLES, ...OFFICE_EXAMPLES].map(
        (example) => renderPart(example.render(galleryLocale(language))).length > 40,
      ),
    );
    expect(drawn.every(Boolean)).toBe(true);
    expect(drawn.length).toBe(3 * 31);
  });
});

describe('what a person types', () => {
  test('comes back as text, never as markup', () => {
    const html = renderPart(
      <TextField l={ky} name="name" label="Аты-жөнү" required value={'"><script>alert(1)</script>'} />,
    );
    const document = parse(html);
    expect(document.querySelector('input')?.getAttribute('value')).toBe('"><script>alert(1)</script>');
    expect(document.querySelector('script')).toBe(null);
  });

  test('keeps its error tied to its field, after the hint', () => {
    const html = renderPart(<TextField l={ky} name="name" label="Аты-жөнү" required hint="Толук" error="Жазыңыз" />);
    const document = parse(html);
    const input = document.querySelector('input');
    expect(input?.getAttribute('aria-describedby')).toBe('name-hint name-error');
    expect(input?.getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector('#name-error')?.textContent).toBe('Жазыңыз');
  });

  test('cannot end the block of data for search engines, and comes out of it unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '/', 'script>', '&', '"', '\u2028', '!--', 'ө') }), (name) => {
        const html = renderPart(<JsonLd data={{ name }} />);
        const scripts = [...parse(html).querySelectorAll('script')];
        expect(scripts.map((script) => JSON.parse(script.textContent ?? ''))).toEqual([{ name }]);
        expect(/[<>&\u2028]/.test(safeJson({ name }))).toBe(false);
      }),
    );
  });
});

describe('a public page', () => {
  const html = renderPage(
    <PublicLayout
      page={{ l: ky, asset: (name) => `/assets/${name}` }}
      title="Бакай-Ата"
      siteName="Өзгөрүү агенттери"
      home="/ky"
      description="Балл: 71"
      canonical="https://demilge.example/ky/f/1"
      alternates={{ ky: 'https://demilge.example/ky/f/1', ru: 'https://demilge.example/ru/f/1' }}
      image={{ url: 'https://demilge.example/og/1.png', alt: 'Бакай-Ата: 71' }}
      nav={[]}
    >
      <p>71</p>
    </PublicLayout>,
  );
  const document = parse(html);
  const meta = (name: string) =>
    document.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute('content');

  test('tells search engines its one address and its other languages', () => {
    expect(html.startsWith('<!doctype html><html lang="ky">')).toBe(true);
    expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe('https://demilge.example/ky/f/1');
    expect(
      [...document.querySelectorAll('link[rel=alternate]')].map((link) => [
        link.getAttribute('hreflang'),
        link.getAttribute('href'),
      ]),
    ).toEqual([
      ['ky', 'https://demilge.example/ky/f/1'],
      ['ru', 'https://demilge.example/ru/f/1'],
      ['x-default', 'https://demilge.example/ky/f/1'],
    ]);
  });

  test('gives WhatsApp and Telegram a title, a sentence and a picture with its size', () => {
    expect(
      ['og:title', 'og:description', 'og:image', 'og:image:width', 'og:image:alt', 'og:locale', 'twitter:card'].map(
        meta,
      ),
    ).toEqual([
      'Бакай-Ата',
      'Балл: 71',
      'https://demilge.example/og/1.png',
      '1200',
      'Бакай-Ата: 71',
      'ky_KG',
      'summary_large_image',
    ]);
  });

  test('asks for one style sheet and no script', () => {
    expect(
      [...document.querySelectorAll('link[rel=stylesheet],script')].map((part) => part.getAttribute('href')),
    ).toEqual(['/assets/site.css']);
  });
});

describe('the controls', () => {
  test('a list of one page has no way onward', () => {
    expect(renderPart(<Pagination l={ky} />)).toBe('');
  });

  test('a path of pages ends with the page itself, which is no link', () => {
    const document = parse(
      renderPart(<Breadcrumbs l={ky} crumbs={[{ label: 'Башкы бет', href: '/ky' }, { label: 'Талас' }]} />),
    );
    expect(document.querySelector('[aria-current=page]')?.outerHTML).toBe('<span aria-current="page">Талас</span>');
  });

  test('small numbers of patients in Talas are hidden in words too, and the reason stands below', () => {
    const table = (cell: 'suppressed' | 4) =>
      renderPart(
        <Disaggregation
          l={ky}
          caption="Бейтаптар"
          rowsLabel="Облус"
          columns={['аялдар']}
          rows={[{ label: 'Талас', cells: [cell] }]}
        />,
      );
    const document = parse(table('suppressed'));
    expect(document.querySelector('tbody td svg')?.getAttribute('aria-label')).toBe(ky.t('ui.suppressed'));
    expect(document.querySelector('.suppression')?.textContent).toBe(
      `${ky.t('ui.suppressed')}. ${ky.t('ui.suppressed.note')}`,
    );
    expect(parse(table(4)).querySelector('.suppression')).toBe(null);
  });

  test('an axis begins at nothing, reaches the greatest value and has few, even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (high) => {
        const marks = ticks(0, high, 4);
        expect(marks[0]).toBe(0);
        expect(marks[marks.length - 1]).toBeGreaterThanOrEqual(high * 0.999_99);
        expect(marks.length).toBeLessThanOrEqual(6);
        const step = (marks[1] ?? 0) - (marks[0] ?? 0);
        expect(marks.slice(1).every((mark, index) => Math.abs(mark - (marks[index] ?? 0) - step) < step * 1e-6)).toBe(
          true,
        );
      }),
    );
  });
});

describe('the map', () => {
  /** Whether a place lies inside a ring, by counting the borders that a line to the east crosses. */
  const inside = ([lon, lat]: LonLat, ring: readonly LonLat[]) =>
    ring.filter(([x1, y1], index) => {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
      return y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1);
    }).length %
      2 ===
    1;

  test.each<[string, LonLat, string]>([
    ['Bishkek', [74.59, 42.87], 'chui'],
    ['Talas', [72.24, 42.52], 'talas'],
    ['Kara-Kol', [78.39, 42.49], 'issykkul'],
    ['Naryn', [76.0, 41.43], 'naryn'],
    ['Ala-Buka', [71.48, 41.4], 'jalalabad'],
    ['Özgön', [73.3, 40.77], 'osh'],
    ['Batken', [70.82, 40.06], 'batken'],
  ])('%s lies in its oblast and in no other', (_town, at, oblast) => {
    expect(OBLASTS.filter((name) => inside(at, OUTLINES[name]))).toEqual([oblast]);
  });
});

describe('the style sheets', () => {
  const css = read('site.css').toString();

  /** The custom properties of the first rule whose selector is given. */
  const tokens = (selector: string) => {
    const start = css.indexOf(`${selector} {`);
    const block = css.slice(start, css.indexOf('}', start));
    return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
  };
  const light = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [high = 0, low = 0] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  test('stay within 14 KB together when packed', () => {
    expect(gzipSync(read('site.css')).length + gzipSync(read('office.css')).length).toBeLessThanOrEqual(14 * 1024);
  });

  test('name the display font by the digest under which it is served, and it weighs less than 24 KB', () => {
    const font = read('display.woff2');
    const digest = createHash('sha256').update(font).digest('hex').slice(0, 12);
    expect(/url\("(display\.\w+\.woff2)"\)/.exec(css)?.[1]).toBe(`display.${digest}.woff2`);
    expect(font.length).toBeLessThan(24 * 1024);
  });

  test.each([':root', ':root[data-theme="dark"]'])(
    '%s: words reach 4.5 : 1 and edges 3 : 1 on every ground',
    (selector) => {
      const colors = tokens(selector);
      const color = (name: string) => colors[name] ?? '#808080';
      const pairs: [string, string, number][] = [
        ...['paper', 'surface', 'sunk'].flatMap((ground): [string, string, number][] => [
          ...['ink', 'soft', 'link', 'madder', 'good', 'warn', 'bad', 'info'].map((word): [string, string, number] => [
            word,
            ground,
            4.5,
          ]),
          ['edge', ground, 3],
          ['focus', ground, 3],
        ]),
        ...['good', 'warn', 'bad', 'info'].map((tone): [string, string, number] => [tone, `${tone}-sheet`, 4.5]),
        ['ink', 'neutral-sheet', 4.5],
        ['on-madder', 'madder', 4.5],
        ['on-madder', 'madder-deep', 4.5],
        ...['chart-1', 'chart-2', 'chart-3', 'chart-4'].map((line): [string, string, number] => [line, 'paper', 3]),
      ];
      const weak = pairs
        .filter(([a, b, least]) => contrast(color(a), color(b)) < least)
        .map(([a, b]) => `${a} on ${b}`);
      expect(weak).toEqual([]);
    },
  );

  test('say the same for a dark system and a dark choice', () => {
    expect(tokens(':root:not([data-theme="light"])')).toEqual(tokens(':root[data-theme="dark"]'));
  });
});
