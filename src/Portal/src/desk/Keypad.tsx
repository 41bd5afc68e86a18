import { Button, Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTexts } from "../texts/texts";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** The twelve keys of a telephone, by mouse and by keyboard; what was pressed stands above them. */
export function Keypad({ press }: { press: (key: string) => void }) {
  const words = useTexts().talk;
  const [pressed, setPressed] = useState("");
  const one = (key: string) => {
    press(key);
    setPressed((before) => (before + key).slice(-24));
  };
  const typed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !keys.includes(event.key)) return;
    event.preventDefault();
    one(event.key);
  };
  return (
    <div className="keypad" role="group" aria-label={words.keypad} onKeyDown={typed}>
      <Input readOnly autoFocus className="figures" value={pressed} aria-label={words.pressed} />
      {keys.map((key) => <Button key={key} size="large" onClick={() => one(key)}>{key}</Button>)}
    </div>
  );
}
