// The words of a mail's subject and body, as a reader sees them: no headers, attachments, tags, addresses or numbers.

/**
 * @param {string} mail with its headers; bytes as code points (latin1)
 * @returns {string}
 */
export function mailText(mail) {
  const [headers, body] = splitHeaders(mail.replace(/^From .*\n/, ''));
  return `${headers.get('subject') ?? ''}\n${bodyText(headers, body)}`;
}

function splitHeaders(part) {
  const end = part.search(/\r?\n\r?\n/);
  const head = end < 0 ? part : part.slice(0, end);
  const headers = new Map();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name) headers.set(name.toLowerCase(), value);
  }
  return [headers, end < 0 ? '' : part.slice(end).trimStart()];
}

/** Of alternatives the plain one; of several parts all that are text. */
function bodyText(headers, body) {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1)
      .filter(part => !part.startsWith('--'))
      .map(part => splitHeaders(part.replace(/^\r?\n/, '')));
    const plain = parts.filter(([inner]) => /^text\/plain/i.test(inner.get('content-type') ?? 'text/plain'));
    const chosen = /^multipart\/alternative/i.test(type) && plain.length > 0 ? plain : parts;
    return chosen.map(([inner, text]) => bodyText(inner, text)).join('\n');
  }
  if (!/^text\//i.test(type)) return '';
  const text = decodeTransfer(headers.get('content-transfer-encoding') ?? '', body);
  return /^text\/html/i.test(type) || /<html|<body|<font|<br>/i.test(text) ? htmlText(text) : text;
}

function decodeTransfer(encoding, text) {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64').toString('latin1');
  if (!/quoted-printable/i.test(encoding)) return text;
  return text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function htmlText(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(style|script|title)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[#\w]+;/g, ' ');
}

/**
 * Words as they are written, in order: runs of letters that touch no digit, sign of an address or path, or foreign letter.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  return text
    .split(/\s+/)
    .map(token => token.replace(/^["'(*<>[\]_-]+|["')*,.:;!?<>[\]_-]+$/g, ''))
    .filter(token => /^[A-Za-z]+$/.test(token));
}
