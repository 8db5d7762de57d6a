import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { HttpError } from './http-error.ts';
import { toPrintableLine } from '../render/printable.ts';

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
};

interface Issue {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: { readonly expected?: string; readonly keys?: readonly string[] };
}

/** At most so many unknown fields are named, and so much of each name. */
const NAMED_FIELDS = 5;
const LONGEST_NAME = 60;

function describeField(instancePath: string): string {
  const field = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  return field === '' ? 'the body' : field;
}

function describeIssue({ keyword, instancePath, message = 'is wrong', params }: Issue): string {
  const field = describeField(instancePath);
  if (keyword === 'invalid_type') {
    if (message.endsWith('received undefined') && field !== 'the body') return `${field} is missing`;
    return `${field} must be ${NAMES[params.expected ?? ''] ?? 'something else'}`;
  }
  if (keyword === 'unrecognized_keys') {
    const keys = (params.keys ?? []).slice(0, NAMED_FIELDS).map((key) => JSON.stringify(toPrintableLine(key).slice(0, LONGEST_NAME)));
    return `${field} has unknown fields: ${keys.join(', ')}`;
  }
  return `${field} ${message}`;
}

/** The 400 for a request that does not fit its schema, naming every wrong field; undefined for other errors. */
export function toValidationError(error: unknown): HttpError | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  const problems = (error.validation as readonly Issue[]).map(describeIssue);
  const more = problems.length - NAMED_FIELDS;
  const shown = more > 0 ? [...problems.slice(0, NAMED_FIELDS), `and ${more} more`] : problems;
  return new HttpError(400, 'bad-request', `The request cannot be used: ${shown.join('; ')}.`);
}
