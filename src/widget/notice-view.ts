import type { NoticeView, WidgetContext } from './context.ts';

export function createNoticeView({ el }: WidgetContext): NoticeView {
  const element = el('div', { class: 'notice', part: 'notice' });
  return {
    element,
    onClose: () => undefined,
    async show(citations, index) {
      element.textContent = citations[index]?.citedText ?? '';
    },
    async showNotice(id) {
      element.textContent = id;
    },
    destroy: () => element.remove(),
  };
}
