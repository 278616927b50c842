import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { deadAnchors } from './dead-anchors.js';

it('finds links to places that are not there, on the same page and on others', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jogak-anchors-'));
  try {
    writeFileSync(
      path.join(folder, 'a.html'),
      '<h2 id="here"><a href="#here">a</a><a href="#gone">b</a><a href="./b#there">c</a><a href="/b#lost">d</a>',
    );
    writeFileSync(
      path.join(folder, 'b.html'),
      '<p id="there"><a href="./#x">e</a><a href="https://example.org/#x">f</a><a href="a#h%65re">g</a>',
    );
    expect(deadAnchors(folder).sort()).toEqual(['/a.html: #gone', '/a.html: /b#lost', '/b.html: ./#x']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
