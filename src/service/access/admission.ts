import { HttpError } from '../http-error.ts';

/** A place among the answers under way; given back once, however the answer ended. */
export interface Place {
  leave(): void;
}

/** The limit in front of answers: beyond it, asking is refused at once, instead of everybody waiting. */
export interface Admission {
  /** @throws HttpError 503 `overloaded` where all places are taken */
  enter(): Place;
  readonly inFlight: number;
}

const RETRY_AFTER_S = 2;

/** @param onRefused told of each one who was sent away */
export function createAdmission(most: number, onRefused: () => void = () => undefined): Admission {
  let inFlight = 0;
  return {
    get inFlight() {
      return inFlight;
    },
    enter() {
      if (inFlight >= most) {
        onRefused();
        throw new HttpError(503, 'overloaded', `${most} answers are under way, and no more are taken on. Try again in a moment.`, { 'retry-after': String(RETRY_AFTER_S) });
      }
      inFlight += 1;
      let isIn = true;
      return {
        leave() {
          if (isIn) inFlight -= 1;
          isIn = false;
        },
      };
    },
  };
}
