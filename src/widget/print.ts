/** Prints the conversation without the page around it. Called where the widget covers a part of another's page. */
export function printAlone(host: HTMLElement): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('@media print{body>:not(wence-chat){display:none!important}}');
  const isAlone = host.parentElement === document.body;
  if (isAlone) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  host.shadowRoot?.querySelector('.root')?.classList.add('printing');
  const end = (): void => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    host.shadowRoot?.querySelector('.root')?.classList.remove('printing');
  };
  addEventListener('afterprint', end, { once: true });
  print();
}
