import type { CreateElement } from './el.ts';

/** Strokes on a field of 24 by 24. */
const PATHS = {
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7z',
  plus: 'M12 5v14M5 12h14',
  history: 'M12 7v5l3 2M4 12a8 8 0 1 0 2.5-5.8L4 8M4 4v4h4',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  up: 'M7 10.5V20H4v-9.5zM7 10.5L11 3a2.5 2.5 0 0 1 2.3 3l-.6 3.5h5.2a2 2 0 0 1 2 2.4l-1.3 6.500a2 2 0 0 1-2 1.6H7',
  edit: 'M5 15.500L15.5 5l3.5 3.500L8.5 19H5zM13 7.500l3.5 3.5',
  again: 'M19 12a7 7 0 1 1-2-4.9L20 10M20 5v5h-5',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
  sortUp: 'M12 19V5M7 10l5-5 5 5',
  sortDown: 'M12 5v14M7 14l5 5 5-5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing in the colour of the text, for eyes only. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })) svg.setAttribute(key, value);
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and says what it does. */
export function createIconButton(el: CreateElement, name: IconName, label: string, click?: () => void): HTMLButtonElement {
  return el('button', { class: 'tool', label, ...(click && { on: { click } }) }, icon(name));
}
