import { useEffect, useState } from 'preact/hooks';
import type { ControlProps } from '../Frame.tsx';

/** The bytes of an answer's file as an address that the page can show; '' while they are read or when they are not here. */
export function useFileAddress(props: ControlProps): string {
  const { node, stage } = props;
  const [address, setAddress] = useState('');
  useEffect(() => {
    let gone = false;
    let made = '';
    if (node.value)
      void stage.device?.openFile(node.value).then((file) => {
        if (!file || gone) return;
        made = URL.createObjectURL(file);
        setAddress(made);
      });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
      setAddress('');
    };
  }, [node.value]);
  return address;
}
