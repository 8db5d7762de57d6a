import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { AssistantError, describeError } from '../errors.ts';
import { restoreBm25, serializeBm25, type Bm25Index, type SerializedBm25 } from './bm25.ts';
import { hashBytes, localDisk, systemCode, writeFailed, type Disk } from './disk.ts';
import { checkGraphFile, checkGraphHeader } from './hnsw-file.ts';
import { createVectorIndex, readGraph, type VectorIndex } from './hnsw.ts';
import type { FieldIndexes } from './memory.ts';
import { compareIdentity, createManifest, parseCurrent, parseManifest, renderCurrent } from './snapshot-manifest.ts';
import type { SnapshotIdentity, SnapshotManifest, SnapshotProblem } from './snapshot-manifest.ts';

/** What is kept of an index: all that takes time to build. */
export interface SnapshotContent {
  readonly fields: FieldIndexes;
  readonly vectors?: VectorIndex | undefined;
}

export type LoadedSnapshot =
  | { readonly state: 'loaded'; readonly content: SnapshotContent }
  | ({ readonly state: 'unusable' } & SnapshotProblem);

/** A file a field, so that none is long in the way of other work. */
const FIELD_FILES = { words: 'words.bm25', bigrams: 'bigrams.bm25', characters: 'characters.bm25', headings: 'headings.bm25' } as const;
const VECTORS_FILE = 'vectors.hnsw';
const FIELD_NAMES = Object.keys(FIELD_FILES) as (keyof FieldIndexes)[];
const MANIFEST_FILE = 'manifest.json';
const CURRENT_FILE = 'current';
const UNFINISHED = '.saving-';
/**
 * Left-overs of a killed save, and generations never put to use, are removed by a later save once they are this old: no save takes so
 * long.
 */
const LEFT_OVER_MS = 10 * 60 * 1000;
const MOST_ATTEMPTS = 5;

/**
 * Saves a generation so that it is there whole or not at all: written under another name, read again and checked, synced, renamed; then
 * the file `current` is swapped. The generation before stays until then, and stays in use where this throws (`unavailable`, with the
 * remedy); of a failed save nothing is left. Two processes may save at once: one of the two is then current.
 * @param folder Made if need be; holds nothing but snapshots.
 */
export async function saveSnapshot(
  folder: string,
  content: SnapshotContent,
  identity: SnapshotIdentity,
  disk: Disk = localDisk,
): Promise<void> {
  const name = randomBytes(6).toString('hex');
  const generation = `${hashBytes(JSON.stringify(identity)).slice(0, 12)}-${name}`;
  const unfinished = join(folder, `${UNFINISHED}${name}`);
  const unfinishedCurrent = join(folder, `${UNFINISHED}${name}-current`);
  const finished = join(folder, generation);
  let replaced: string | undefined;
  try {
    await disk.makeFolder(unfinished);
    const manifestHash = await writeGeneration(unfinished, { content, identity, generation }, disk);
    await disk.rename(unfinished, finished);
    await disk.sync(folder);
    await writeChecked(unfinishedCurrent, Buffer.from(renderCurrent(generation, manifestHash)), disk);
    replaced = await readCurrentGeneration(folder, disk);
    await disk.rename(unfinishedCurrent, join(folder, CURRENT_FILE));
  } catch (error) {
    for (const path of [unfinished, unfinishedCurrent, finished]) await disk.remove(path).catch(() => undefined);
    throw writeFailed('the index', folder, error);
  }
  try {
    await disk.sync(folder);
  } catch (error) {
    throw writeFailed('the index', folder, error);
  }
  await removeOld(folder, replaced, disk).catch(() => undefined);
}

interface StoredFile {
  readonly size: number;
  readonly sha256: string;
}

interface Generation {
  readonly content: SnapshotContent;
  readonly identity: SnapshotIdentity;
  readonly generation: string;
}

/** Writes and syncs all files of a generation; gives the hash of its manifest. */
async function writeGeneration(folder: string, { content, identity, generation }: Generation, disk: Disk): Promise<string> {
  const files: Record<string, StoredFile> = {};
  for (const field of FIELD_NAMES) {
    const name = FIELD_FILES[field];
    files[name] = await writeChecked(join(folder, name), serialize(serializeBm25(content.fields[field])), disk);
  }
  const { vectors } = content;
  if (vectors !== undefined) files[VECTORS_FILE] = await writeVectors(join(folder, VECTORS_FILE), vectors, identity.passages, disk);
  const shape = vectors === undefined ? {} : { vectors: { dimensions: vectors.dimensions, count: vectors.count } };
  const manifest = Buffer.from(JSON.stringify(createManifest({ ...identity, generation, ...shape, files })));
  const { sha256 } = await writeChecked(join(folder, MANIFEST_FILE), manifest, disk);
  await disk.sync(folder);
  return sha256;
}

async function writeChecked(path: string, bytes: Uint8Array, disk: Disk): Promise<StoredFile> {
  await disk.write(path, bytes);
  const { size, sha256 } = await disk.digest(path);
  if (sha256 !== hashBytes(bytes)) throw readBackDiffers(path, `${size} bytes came back of ${bytes.length} written`);
  return { size, sha256 };
}

/** hnswlib says nothing of a full disk: only the file itself tells whether it is whole. */
async function writeVectors(path: string, vectors: VectorIndex, passages: number, disk: Disk): Promise<StoredFile> {
  await vectors.writeTo(path);
  await disk.sync(path);
  const bytes = await disk.read(path);
  const problem = checkGraphFile(bytes, vectors, passages);
  if (problem !== undefined) throw readBackDiffers(path, problem);
  return { size: bytes.length, sha256: hashBytes(bytes) };
}

function readBackDiffers(path: string, detail: string): AssistantError {
  const remedy = 'The disk may be full or damaged: free some space, or set DATA_DIR to a folder on another disk.';
  return new AssistantError('unavailable', `Cannot save the index: what was written to ${path} is not whole (${detail}). ${remedy}`);
}

/**
 * The saved index, where it is whole and of this identity; otherwise why not. Never throws for what it finds: whoever asks builds anew.
 * Everything is checked before hnswlib opens its file, since a damaged one kills the process.
 */
export async function loadSnapshot(folder: string, identity: SnapshotIdentity, disk: Disk = localDisk): Promise<LoadedSnapshot> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await readCurrentGeneration(folder, disk).catch(() => undefined);
    const loaded = await tryLoad(folder, identity, disk);
    if (loaded.state === 'loaded' || attempt === MOST_ATTEMPTS) return loaded;
    // Another process may have swapped generations in mid-read: what was missing is then there under its new name.
    if ((await readCurrentGeneration(folder, disk).catch(() => undefined)) === before) return loaded;
  }
}

async function tryLoad(folder: string, identity: SnapshotIdentity, disk: Disk): Promise<LoadedSnapshot> {
  try {
    const found = await readManifest(folder, disk);
    if ('reason' in found) return { state: 'unusable', ...found };
    const problem = compareIdentity(found, identity);
    if (problem !== undefined) return { state: 'unusable', ...problem };
    return { state: 'loaded', content: await readContent(join(folder, found.generation), found, disk) };
  } catch (error) {
    if (error instanceof DamagedError) return { state: 'unusable', reason: 'damaged', detail: error.message };
    if (systemCode(error) === 'ENOENT') return { state: 'unusable', reason: 'damaged', detail: 'a file of it is missing' };
    return { state: 'unusable', reason: 'unreadable', detail: describeError(error) };
  }
}

/** Stays in this file: damage is a value for whoever loads. */
class DamagedError extends Error {}

async function readManifest(folder: string, disk: Disk): Promise<SnapshotManifest | SnapshotProblem> {
  const bytes = await readIfThere(join(folder, CURRENT_FILE), disk);
  if (bytes === undefined) return { reason: 'missing', detail: 'none was saved yet' };
  const current = parseCurrent(bytes);
  if (current === undefined) return { reason: 'damaged', detail: `the file ${CURRENT_FILE} names no generation` };
  const manifestBytes = await disk.read(join(folder, current.generation, MANIFEST_FILE));
  if (hashBytes(manifestBytes) !== current.manifestHash) {
    return { reason: 'damaged', detail: `${MANIFEST_FILE} is not the one that was saved` };
  }
  const manifest = parseManifest(manifestBytes);
  if ('reason' in manifest || manifest.generation === current.generation) return manifest;
  return { reason: 'damaged', detail: `${MANIFEST_FILE} is of another generation` };
}

async function readContent(folder: string, manifest: SnapshotManifest, disk: Disk): Promise<SnapshotContent> {
  const fields: Partial<Record<keyof FieldIndexes, Bm25Index>> = {};
  for (const field of FIELD_NAMES) {
    const bytes = await disk.read(join(folder, FIELD_FILES[field]));
    checkStored(FIELD_FILES[field], { size: bytes.length, sha256: hashBytes(bytes) }, manifest);
    fields[field] = restoreBm25(deserialize(bytes) as SerializedBm25);
  }
  return { fields: fields as FieldIndexes, vectors: await readVectors(join(folder, VECTORS_FILE), manifest, disk) };
}

async function readVectors(path: string, manifest: SnapshotManifest, disk: Disk): Promise<VectorIndex | undefined> {
  if (manifest.vectors === undefined) return undefined;
  const found = await disk.digest(path);
  checkStored(VECTORS_FILE, found, manifest);
  const problem = checkGraphHeader(found.head, manifest.vectors);
  if (problem !== undefined) throw new DamagedError(`${VECTORS_FILE} cannot be used: ${problem}`);
  return createVectorIndex(await readGraph(path, manifest.vectors.dimensions));
}

function checkStored(name: string, found: StoredFile, manifest: SnapshotManifest): void {
  const expected = manifest.files[name];
  if (found.size === expected?.size && found.sha256 === expected.sha256) return;
  throw new DamagedError(`${name} is not what was saved (${found.size} bytes, ${expected?.size ?? 'none'} were saved)`);
}

async function readIfThere(path: string, disk: Disk): Promise<Buffer | undefined> {
  try {
    return await disk.read(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readCurrentGeneration(folder: string, disk: Disk): Promise<string | undefined> {
  const bytes = await readIfThere(join(folder, CURRENT_FILE), disk);
  return bytes === undefined ? undefined : parseCurrent(bytes)?.generation;
}

/**
 * Removes the generation that was replaced, and what killed or overtaken saves left behind long ago; another's save under way is not
 * touched.
 */
async function removeOld(folder: string, replaced: string | undefined, disk: Disk): Promise<void> {
  const current = await readCurrentGeneration(folder, disk);
  for (const name of await disk.list(folder)) {
    const isOurs = name.startsWith(UNFINISHED) || /^[0-9a-f]{12}-[0-9a-f]{12}$/.test(name);
    if (!isOurs || name === current) continue;
    if (name === replaced || Date.now() - (await disk.modifiedAt(join(folder, name))) > LEFT_OVER_MS) await disk.remove(join(folder, name));
  }
}
