import type { ApiError } from './api.ts';
import type { StringKey } from './strings.ts';

const BY_CODE: Readonly<Record<string, StringKey>> = {
  network: 'errorNetwork',
  busy: 'errorRunning',
  conflict: 'errorConflict',
  interrupted: 'errorInterrupted',
  'shutting-down': 'errorInterrupted',
  'origin-refused': 'errorOrigin',
};

const BY_STATUS: Readonly<Record<number, StringKey>> = { 400: 'errorQuestion', 401: 'errorLogin', 413: 'errorQuestion', 429: 'errorTooMany', 503: 'errorBusy' };

/** What people are told of a failure. */
export function toProblemKey({ status, code }: ApiError): StringKey {
  return BY_CODE[code] ?? BY_STATUS[status] ?? 'errorOther';
}
