#!/usr/bin/env node
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileWorkbook, diagnosticPlace, diagnosticText, type Language, messageText } from './index.ts';

const USAGE = `xlsform form.xlsx [-o form.xml] [--json] [--lang ky|ru|en] [--files folder]

  -o, --output FILE   where the XForm goes; without it, to the standard output
  --json              diagnostics as JSON, and nothing else, on the standard output
  --lang              language of the messages (en)
  --files FOLDER      folder of the pictures and tables that go along; missing ones are told

Exit code 0: compiled. 1: refused, and nothing was written. 2: called in a wrong way.
`;

/** Runs the command line and gives its exit code. */
async function run(args: string[]): Promise<number> {
  const called = readArguments(args);
  if (!called) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { input, output, json, lang, files } = called;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(input);
  } catch (error) {
    process.stderr.write(`${input}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const result = await compileWorkbook(bytes, {
    fileStem: basename(input, extname(input)),
    ...(files === undefined ? {} : { files: readdirSync(files) }),
  });
  const { ok, xform, itemsetsCsv, diagnostics } = result;
  if (json) {
    const { formId, version, title, languages, files: asked } = result;
    const said = diagnostics.map((each) => ({ ...each, text: diagnosticText(each, lang) }));
    const report = { ok, formId, version, title, languages, files: asked, diagnostics: said };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    for (const each of diagnostics) {
      const place = diagnosticPlace(each, lang);
      const severity = messageText(`place.${each.severity}`, {}, lang);
      process.stderr.write(`${[input, place, severity].filter(Boolean).join(': ')}: ${diagnosticText(each, lang)}\n`);
    }
  }
  if (!ok || xform === undefined) return 1;
  if (output !== undefined) {
    writeFileSync(output, xform);
    if (itemsetsCsv !== undefined) writeFileSync(join(dirname(output), 'itemsets.csv'), itemsetsCsv);
  } else if (!json) process.stdout.write(`${xform}\n`);
  return 0;
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'en' },
        files: { type: 'string' },
      },
    });
    const [input, ...more] = positionals;
    if (input === undefined || more.length > 0 || !['ky', 'ru', 'en'].includes(values.lang)) return undefined;
    return { input, output: values.output, json: values.json, lang: values.lang as Language, files: values.files };
  } catch {
    return undefined;
  }
}

process.exitCode = await run(process.argv.slice(2));
