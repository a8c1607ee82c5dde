// An invite link for a whole room: the code as large as the screen lets it be, and the link in type that is read from the back. Dark on
// white whatever the theme: half of all scanners want it so.
import { type JSX, useMemo } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Role } from '../../wire/types';
import { useBoard, usePart } from '../map/use';
import { copyText } from '../mappage/copy';
import { Button, CloseIcon, CopyIcon, IconButton, say } from '../ui';
import { INVITES, titleOf } from '../words';
import { useShared } from '../workshop/use-workshop';
import { onlyHere } from './only-here';
import { qrCode } from './qr';
import './qr.css';

export function QrDialog({
  lets,
  link,
  onClose,
}: {
  /** Whom the link lets in. */
  readonly lets: Role;
  readonly link: string;
  readonly onClose: () => void;
}): JSX.Element {
  const title = usePart(useBoard().journey.meta, (meta) => meta.title);
  const here = useShared()?.people.filter(({ online }) => online).length ?? 1;
  const { size, path } = useMemo(() => qrCode(link), [link]);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className="c-overlay qr">
      <Modal className="qr__modal">
        <Dialog className="qr__dialog">
          <header className="qr__head">
            <div>
              <Heading slot="title" level={2}>
                Join “{titleOf(title)}”
              </Heading>
              <p>
                {INVITES[lets].name} {INVITES[lets].may}. {here} here now.
              </p>
            </div>
            <IconButton label="Close" icon={CloseIcon} size="l" onPress={onClose} />
          </header>
          <svg
            className="qr__code"
            role="img"
            aria-label="QR code of the invite link below"
            viewBox={`0 0 ${size} ${size}`}
            shapeRendering="crispEdges"
          >
            <rect width={size} height={size} fill="#ffffff" />
            <path d={path} fill="#000000" />
          </svg>
          <footer className="qr__foot">
            <p className="qr__link">{link}</p>
            {onlyHere() === null ? null : <p className="qr__only">{onlyHere()}</p>}
            <Button
              size="l"
              icon={CopyIcon}
              onPress={() =>
                void copyText(link).then((copied) =>
                  say(copied ? 'Copied' : 'The browser did not copy it'),
                )
              }
            >
              Copy the link
            </Button>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
