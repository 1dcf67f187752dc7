import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';
import { Icon, type IconName } from '../icon/Icon.tsx';

export type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger';

interface Looks {
  readonly children: ComponentChildren;
  /** One `main` button on a page; `plain` for the rest; `quiet` inside rows; `danger` for what cannot be undone. */
  readonly look?: ButtonLook;
  readonly size?: 'small' | 'large';
  readonly icon?: IconName;
  readonly wide?: boolean;
}

export interface ButtonProps extends Looks {
  readonly type?: 'submit' | 'button' | 'reset';
  readonly name?: string;
  readonly value?: string;
  readonly disabled?: boolean;
  readonly form?: string;
  readonly formAction?: string;
  readonly formNoValidate?: boolean;
  readonly id?: string;
  readonly 'aria-describedby'?: string;
  readonly onClick?: (event: MouseEvent) => void;
}

function buttonClass({ look = 'plain', size, wide }: Looks): string {
  return cx('btn', `btn--${look}`, size && `btn--${size}`, wide && 'btn--wide');
}

/** Sends a form, or (in the field app) calls `onClick`. */
export function Button({ children, look = 'plain', size, icon, wide, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button type={type} class={buttonClass({ children, look, ...(size && { size }), ...(wide && { wide }) })} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export interface LinkButtonProps extends Looks {
  readonly href: string;
  readonly download?: boolean | string;
  readonly rel?: string;
}

/** Goes somewhere, and looks like a button. */
export function LinkButton({ children, href, look = 'plain', size, icon, wide, ...rest }: LinkButtonProps) {
  return (
    <a href={href} class={buttonClass({ children, look, ...(size && { size }), ...(wide && { wide }) })} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

/** Buttons side by side; they wrap on a narrow screen. */
export function ButtonRow({ children }: { readonly children: ComponentChildren }) {
  return <div class="btn-row">{children}</div>;
}
