/** Characters that mean nothing but themselves: whatever they are, Slack makes no mention, link, emoji or formatting of them. */
export interface SlackText {
  readonly type: 'text';
  readonly text: string;
  readonly style?: SlackStyle;
}

/** The only kind of link there is: to a place of a notice, at an address of our own. */
export interface SlackLink {
  readonly type: 'link';
  readonly url: string;
  readonly text: string;
  readonly style?: SlackStyle;
}

export interface SlackStyle {
  readonly bold?: true;
  readonly italic?: true;
}

export type SlackElement = SlackText | SlackLink;

export interface SlackTextBlock {
  readonly type: 'rich_text';
  readonly elements: readonly [{ readonly type: 'rich_text_section'; readonly elements: readonly SlackElement[] }];
}

export interface SlackFeedbackButton {
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
  readonly accessibility_label: string;
  /** Read by `readFeedbackValue`. */
  readonly value: string;
}

export interface SlackFeedbackBlock {
  readonly type: 'context_actions';
  readonly elements: readonly [{
    readonly type: 'feedback_buttons';
    readonly action_id: string;
    readonly positive_button: SlackFeedbackButton;
    readonly negative_button: SlackFeedbackButton;
  }];
}

export type SlackBlock = SlackTextBlock | SlackFeedbackBlock;
