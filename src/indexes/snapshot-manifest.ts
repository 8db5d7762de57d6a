import { z } from 'zod';

/** Raised when what the files mean changes (tokens of a field, layout, parameters of the graph): older snapshots are then rebuilt. */
const FORMAT = 1;

const fileSchema = z.strictObject({ size: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  generation: z.string(),
  corpusHash: z.string(),
  passagesHash: z.string(),
  tokensHash: z.string(),
  embedderId: z.string(),
  passages: z.int().min(0),
  /** Left out where no passage has a vector. */
  vectors: z.strictObject({ dimensions: z.int().min(1), count: z.int().min(1) }).optional(),
  files: z.record(z.string(), fileSchema),
});
const formatSchema = z.object({ format: z.number() });

/** What must be the same for a snapshot to be used again. */
export interface SnapshotIdentity {
  /** Of notices and lexicon, from whoever read them. */
  readonly corpusHash: string;
  /** Of ids, headings, titles and texts of the passages, in order. */
  readonly passagesHash: string;
  /** Of the tokens of some passages, so that another dictionary or segmenter is noticed. */
  readonly tokensHash: string;
  /** Empty where there is no embedder. */
  readonly embedderId: string;
  readonly passages: number;
}

export interface SnapshotManifest extends SnapshotIdentity {
  readonly format: typeof FORMAT;
  readonly generation: string;
  readonly vectors?: { readonly dimensions: number; readonly count: number } | undefined;
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
}

export type SnapshotReason = 'missing' | 'damaged' | 'other-format' | 'other-corpus' | 'other-segmenter' | 'other-embedder' | 'unreadable';

/** Why a snapshot is not used: for the log, and for whoever asks why the start took longer. */
export interface SnapshotProblem {
  readonly reason: SnapshotReason;
  readonly detail: string;
}

export function createManifest(parts: Omit<SnapshotManifest, 'format'>): SnapshotManifest {
  return { format: FORMAT, ...parts };
}

/** The manifest in these bytes, or why it cannot be used. */
export function parseManifest(bytes: Buffer): SnapshotManifest | SnapshotProblem {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { reason: 'damaged', detail: 'its manifest is not JSON' };
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const format = formatSchema.safeParse(json);
  if (format.success && format.data.format !== FORMAT) {
    return { reason: 'other-format', detail: `it has format ${format.data.format}, this version reads ${FORMAT}` };
  }
  return { reason: 'damaged', detail: 'its manifest lacks what a manifest holds' };
}

/** Why a sound snapshot is of something else; undefined where it is what is wanted. */
export function compareIdentity(manifest: SnapshotManifest, wanted: SnapshotIdentity): SnapshotProblem | undefined {
  if (manifest.embedderId !== wanted.embedderId) {
    return { reason: 'other-embedder', detail: `its vectors are of "${manifest.embedderId}", "${wanted.embedderId}" is set` };
  }
  if (manifest.corpusHash !== wanted.corpusHash || manifest.passagesHash !== wanted.passagesHash || manifest.passages !== wanted.passages) {
    return { reason: 'other-corpus', detail: 'the corpus or the lexicon has changed since it was made' };
  }
  if (manifest.tokensHash !== wanted.tokensHash) {
    return { reason: 'other-segmenter', detail: 'the segmenter cuts other words than when it was made' };
  }
  return undefined;
}

/** The line in the file `current` that says which generation is in use, and how its manifest hashes. */
export function renderCurrent(generation: string, manifestHash: string): string {
  return `wence-index ${generation} ${manifestHash}\n`;
}

export function parseCurrent(bytes: Buffer): { readonly generation: string; readonly manifestHash: string } | undefined {
  const match = /^wence-index ([0-9a-f]+-[0-9a-f]+) ([0-9a-f]{64})\n$/.exec(bytes.toString('latin1'));
  const [, generation, manifestHash] = match ?? [];
  return generation === undefined || manifestHash === undefined ? undefined : { generation, manifestHash };
}
