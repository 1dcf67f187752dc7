/**
 * Three mends of postgres.js 3.4.9 for the built server, for the moment at which the database dies (its issues 1154 and 1208; the fixes
 * proposed there are in no release). Each names the text that it replaces: the build stops when a newer release has another, and whoever
 * updates it looks whether the mend is still needed. test/house/survive.test.ts shows what they are for.
 */
const MENDS = {
  'connection.js': [
    {
      // A closed connection kept what it had not sent yet and the mark of a timer that no longer ran. It never sent the greeting of its
      // next life, and whoever got it waited for the limit of thirty seconds.
      from: 'clearImmediate(nextWriteTimer)\n    socket.removeListener',
      to: 'clearImmediate(nextWriteTimer)\n    nextWriteTimer = chunk = null\n    socket.removeListener',
    },
    {
      // What was asked between the error of a socket and its end was told to nobody: it stayed with the connection, and was answered in
      // its next life with an empty result, or with the result of another.
      from: '!hadError && (query || sent.length) && error(',
      to: ';(query || sent.length) && error(',
    },
  ],
  'index.js': [
    {
      // A transaction went on after its connection was lost. Its rollback was written to no socket, which ended the process; once the
      // connection lived again for somebody else, its next statement ran there, alone and committed.
      from: 'new Promise((_, reject) => connection.onclose = reject)',
      to: 'new Promise((_, reject) => connection.onclose = (error) => reject(lost = error))',
    },
    { from: '      , prepare = null\n\n    try {', to: '      , prepare = null\n      , lost = null\n\n    try {' },
    {
      from: 'q.catch(e => uncaughtError || (uncaughtError = e))\n',
      to: 'q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost) return q.reject(lost)\n',
    },
  ],
};

/** For the builder: mends the package's source on its way into the bundle. */
export function mendPostgres() {
  const done = new Set();
  return {
    name: 'mend-postgres',
    transform(code, id) {
      const file = /\/node_modules\/postgres\/src\/(\w+\.js)$/.exec(id.replaceAll('\\', '/'))?.[1];
      const mends = file && MENDS[file];
      if (!mends) return null;
      done.add(file);
      return { code: mends.reduce((text, mend) => replaced(text, mend, file), code), map: { mappings: '' } };
    },
    buildEnd() {
      const missing = Object.keys(MENDS).filter((file) => !done.has(file));
      if (missing.length > 0)
        throw new Error(`postgres.js no longer has ${missing.join(', ')}: see scripts/mendPostgres.mjs`);
    },
  };
}

function replaced(text, { from, to }, file) {
  if (text.split(from).length !== 2)
    throw new Error(`postgres.js is another in ${file}: see whether scripts/mendPostgres.mjs is still needed`);
  return text.replace(from, () => to);
}
