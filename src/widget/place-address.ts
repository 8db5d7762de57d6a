import type { WidgetContext } from './context.ts';
import { renderPlacePath } from './notice-place.ts';
import type { Place } from './notice-place.ts';

/** The place as a whole address: the public one where the service knows it. */
export function renderPlaceAddress({ settings, api }: Pick<WidgetContext, 'settings' | 'api'>, noticeId: string, place: Place): string {
  const path = renderPlacePath(noticeId, place);
  const base = settings()?.publicBaseUrl;
  return base === undefined ? new URL(api.url(path), location.href).href : base.replace(/\/$/, '') + path;
}
