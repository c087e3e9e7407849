// Shapes of packages that bring none.
declare module "govuk-frontend/dist/govuk/components/*" {
  type Component = new (root: Element) => unknown;
  export const Button: Component;
  export const CharacterCount: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const ExitThisPage: Component;
  export const PasswordInput: Component;
  export const Radios: Component;
}

declare module "htmx.org/dist/ext/*" {}
