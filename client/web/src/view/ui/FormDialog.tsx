// A dialog with one form in it; at its foot what lets it be and what sends it. Its button stands outside the form, so the form takes the
// id it is given.
import { type JSX, type ReactNode, useId } from 'react';
import { Button, type ButtonProps } from './Button';
import { Dialog, type DialogProps } from './Dialog';

interface FormDialogProps
  extends Omit<DialogProps, 'footer' | 'children'>,
    Pick<ButtonProps, 'icon' | 'isDisabled' | 'isPending'> {
  /** What the button that sends it says. */
  readonly send: string;
  /** How that button looks: `danger` for what cannot be undone. */
  readonly variant?: 'primary' | 'danger';
  readonly children: (form: string) => ReactNode;
}

export function FormDialog({
  send,
  variant = 'primary',
  icon,
  isDisabled = false,
  isPending = false,
  children,
  ...dialog
}: FormDialogProps): JSX.Element {
  const form = useId();
  return (
    <Dialog
      {...dialog}
      footer={
        <>
          <Button variant="ghost" onPress={() => dialog.onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            variant={variant}
            type="submit"
            form={form}
            isDisabled={isDisabled}
            isPending={isPending}
            {...(icon === undefined ? {} : { icon })}
          >
            {send}
          </Button>
        </>
      }
    >
      {children(form)}
    </Dialog>
  );
}
