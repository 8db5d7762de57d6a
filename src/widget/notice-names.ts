import type { WidgetContext } from './context.ts';

/** Whose words they are: title, source and date of each notice, and that the notice as published counts. */
export function describeNotices({ settings, t }: Pick<WidgetContext, 'settings' | 't'>, ids: readonly string[]): string {
  const named = (settings()?.notices ?? []).filter(({ id }) => ids.includes(id));
  return [...named.map(({ title, source, publishedAt }) => [t('copyNotice', { title }), source, publishedAt].filter(Boolean).join(' ')), t('original')].join(' · ');
}
