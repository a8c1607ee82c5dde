// A modal dialog: title, content, and what can be done. On narrow screens it rises from the bottom.
import type { JSX, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './Button';
import './dialog.css';
import { CloseIcon } from './icons';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly width?: 's' | 'm' | 'l';
  /** Whether Esc and a click outside close it. */
  readonly isDismissable?: boolean;
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

export function Dialog({
  title,
  isOpen,
  onOpenChange,
  role = 'dialog',
  width = 'm',
  isDismissable = true,
  footer,
  children,
}: DialogProps): JSX.Element {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className="c-overlay"
    >
      <Modal className={`c-modal c-modal--${width}`}>
        <AriaDialog role={role} className="c-dialog">
          <header className="c-dialog__header">
            <Heading slot="title" level={2} className="c-dialog__title">
              {title}
            </Heading>
            {isDismissable ? (
              <IconButton label="Close" icon={CloseIcon} onPress={() => onOpenChange(false)} />
            ) : null}
          </header>
          <div className="c-dialog__body">{children}</div>
          {footer === undefined ? null : <footer className="c-dialog__footer">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
