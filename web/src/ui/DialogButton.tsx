import { useState, type ReactNode } from "react";

import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface Props {
  /** The words on the button. */
  action: string;
  title: string;
  about: string;
  children: ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ action, title, about, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{action}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title} about={about}>
        {children}
      </Dialog>
    </>
  );
}
