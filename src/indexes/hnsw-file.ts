import { HNSW_PARAMETERS } from './hnsw-parameters.ts';
import type { VectorShape } from './hnsw.ts';

/**
 * hnswlib's file (64-bit, little-endian): a header; for each vector its links on the ground floor (count, then room for 2·M numbers), the
 * vector and its label; then for each vector the byte length of its links on higher floors and the links themselves.
 */
const HEADER_BYTES = 96;
const LINK_BYTES = 4;
const LABEL_BYTES = 8;
const { m } = HNSW_PARAMETERS.graph;
const GROUND_LINK_BYTES = LINK_BYTES + 2 * m * LINK_BYTES;
const FLOOR_LINK_BYTES = LINK_BYTES + m * LINK_BYTES;

/**
 * Why hnswlib must not open a file whose first 96 bytes are these; undefined where they fit. hnswlib itself loads a file of other
 * dimensions in silence, and then reads past its end.
 */
export function checkGraphHeader(header: Uint8Array, shape: VectorShape): string | undefined {
  if (header.length < HEADER_BYTES) return `it has ${header.length} bytes, less than its header`;
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  const number = (offset: number): number => Number(view.getBigUint64(offset, true));
  const vectorBytes = 4 * shape.dimensions;
  const expected: readonly (readonly [string, number, number])[] = [
    ['offset of links', number(0), 0],
    ['count', number(16), shape.count],
    ['size of a vector', number(24), GROUND_LINK_BYTES + vectorBytes + LABEL_BYTES],
    ['place of the label', number(32), GROUND_LINK_BYTES + vectorBytes],
    ['place of the vector', number(40), GROUND_LINK_BYTES],
    ['links on higher floors', number(56), m],
    ['links on the ground floor', number(64), 2 * m],
    ['links', number(72), m],
  ];
  const wrong = expected.find(([, found, wanted]) => found !== wanted);
  if (wrong !== undefined) return `its ${wrong[0]} is ${wrong[1]} where ${wrong[2]} was expected`;
  if (number(8) < shape.count) return `its capacity is ${number(8)}, less than its ${shape.count} vectors`;
  if (view.getUint32(52, true) >= shape.count) return 'it is entered at a vector that it does not hold';
  return undefined;
}

/**
 * Why a whole file cannot be what hnswlib wanted to write (cut short by a full disk, above all); undefined where header, sizes, labels
 * and links agree. `ordinals` is how many passages there are: every label lies below. Does not look into the vectors themselves.
 */
export function checkGraphFile(bytes: Uint8Array, shape: VectorShape, ordinals: number): string | undefined {
  const problem = checkGraphHeader(bytes.subarray(0, HEADER_BYTES), shape);
  if (problem !== undefined) return problem;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elementBytes = GROUND_LINK_BYTES + 4 * shape.dimensions + LABEL_BYTES;
  const wellLinked = (offset: number, most: number): boolean => {
    const links = view.getUint16(offset, true);
    if (links > most) return false;
    for (let link = 1; link <= links; link += 1) if (view.getUint32(offset + LINK_BYTES * link, true) >= shape.count) return false;
    return true;
  };
  let offset = HEADER_BYTES + shape.count * elementBytes;
  if (bytes.length < offset) return `it ends after ${bytes.length} bytes, before its last vector`;
  for (let element = 0; element < shape.count; element += 1) {
    const start = HEADER_BYTES + element * elementBytes;
    if (!wellLinked(start, 2 * m)) return `the links of vector ${element} lead nowhere`;
    if (Number(view.getBigUint64(start + elementBytes - LABEL_BYTES, true)) >= ordinals) return `vector ${element} belongs to no passage`;
  }
  for (let element = 0; element < shape.count; element += 1) {
    if (bytes.length < offset + LINK_BYTES) return `it ends after ${bytes.length} bytes, before the links of vector ${element}`;
    const linkBytes = view.getUint32(offset, true);
    offset += LINK_BYTES;
    if (linkBytes % FLOOR_LINK_BYTES !== 0 || bytes.length < offset + linkBytes) return `the links of vector ${element} are cut short`;
    for (let floor = offset; floor < offset + linkBytes; floor += FLOOR_LINK_BYTES) {
      if (!wellLinked(floor, m)) return `the links of vector ${element} lead nowhere`;
    }
    offset += linkBytes;
  }
  return bytes.length === offset ? undefined : `it has ${bytes.length} bytes where ${offset} were expected`;
}
