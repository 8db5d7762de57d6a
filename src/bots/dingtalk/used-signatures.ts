/** So many requests are remembered at least for as long as their signatures hold; beyond that the oldest are forgotten. */
const MOST = 100_000;

/** Which message each signature came with: what is signed is the time alone, so that one that was seen could be put before any other body. */
export interface UsedSignatures {
  /** False where the signature has come with another message before. */
  use(signature: string, msgId: string, expiresAt: number, now: number): boolean;
}

export function createUsedSignatures(): UsedSignatures {
  const used = new Map<string, { readonly msgId: string; readonly expiresAt: number }>();
  return {
    use(signature, msgId, expiresAt, now) {
      const before = used.get(signature);
      if (before !== undefined && before.expiresAt > now) return before.msgId === msgId;
      used.delete(signature);
      used.set(signature, { msgId, expiresAt });
      for (const [oldest, { expiresAt: end }] of used) {
        if (end > now && used.size <= MOST) break;
        used.delete(oldest);
      }
      return true;
    },
  };
}
