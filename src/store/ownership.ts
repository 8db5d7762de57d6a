import type { Expression, ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Tables } from './tables.ts';

/** An owned conversation is its owner's alone; one without an owner is anybody's who knows its id. */
export function isOwnOrUnowned(where: ExpressionBuilder<Tables, 'conversations'>, owner: Expression<string | null>): ExpressionWrapper<Tables, 'conversations', SqlBool> {
  return where.or([where('conversations.owner', 'is', null), where('conversations.owner', '=', owner)]);
}
