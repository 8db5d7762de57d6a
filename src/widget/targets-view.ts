import type { TargetsView, WidgetContext } from './context.ts';

export function createTargetsView({ el }: WidgetContext): TargetsView {
  const element = el('div', { class: 'targets', part: 'targets' });
  return { element, show: async () => undefined, destroy: () => element.remove() };
}
