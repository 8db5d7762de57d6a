/** Keys as OpenAI and its kin write them, whole or already starred out in part. */
const KEY_SHAPE = /\bsk-[\w*-]{6,}/g;

const MASK = '[secret]';

/**
 * Makes a function that masks these secrets, and whatever has the shape of an API key, in a text that is about to leave the process;
 * as they are and as they stand inside JSON.
 */
export function createSecretMask(secrets: readonly (string | undefined)[]): (text: string) => string {
  const needles = secrets.flatMap((secret) => (secret ? [secret, JSON.stringify(secret).slice(1, -1)] : []));
  return (text) => {
    let masked = text;
    for (const needle of needles) if (masked.includes(needle)) masked = masked.replaceAll(needle, MASK);
    return masked.includes('sk-') ? masked.replace(KEY_SHAPE, MASK) : masked;
  };
}
