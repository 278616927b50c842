import { DataError } from '@jogak/ops';

/** The SHA-256 of `bytes`, in hexadecimal. @throws {DataError} in a page that is neither https nor localhost: there is no WebCrypto there. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (!globalThis.crypto?.subtle)
    throw new DataError(
      'a download cannot be checked in a page that was not served over https or from localhost; serve it so, or pass `source`',
      {
        code: 'download',
      },
    );
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
}
