// Shapes of packages that bring none.
declare module "govuk/*" {
  type Component = new (root: Element) => unknown;
  export const Button: Component;
  export const CharacterCount: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export class ExitThisPage {
    constructor(root: Element);
    readonly $button: HTMLAnchorElement;
    readonly i18n: { t(key: string): string };
    exitPage(): void;
  }
  export const PasswordInput: Component;
  export const Radios: Component;
}

declare module "htmx.org/dist/ext/*" {}
