import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const decoded = (text: string): string => decodeURIComponent(text.replaceAll('&amp;', '&'));

/** The page of the built site that an address leads to, as its file's name. */
function fileOf(pathname: string): string {
  return pathname.endsWith('/') ? `${pathname}index.html` : path.extname(pathname) === '.html' ? pathname : `${pathname}.html`;
}

/** Links of the built site to places that the page they lead to does not have, as `page: link`. */
export function deadAnchors(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.html'));
  const pages = new Map(files.map(name => [`/${name.split(path.sep).join('/')}`, readFileSync(path.join(folder, name), 'utf8')]));
  const ids = new Map(
    [...pages].map(([name, html]) => [name, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decoded(id ?? '')))]),
  );
  return [...pages].flatMap(([name, html]) =>
    [...html.matchAll(/\shref="([^"]*#[^"]+)"/g)].flatMap(([, link]) => {
      const { origin, pathname, hash } = new URL(decoded(link ?? ''), `http://site${name}`);
      if (origin !== 'http://site') return [];
      return ids.get(fileOf(pathname))?.has(decodeURIComponent(hash.slice(1))) ? [] : [`${name}: ${link}`];
    }),
  );
}
