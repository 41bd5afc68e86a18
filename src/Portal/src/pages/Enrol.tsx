import { Button, Flex, Typography } from "antd";
import { Frame } from "../door/Door";
import { EnrolFactor } from "../parts/SecondFactor";
import { useSignOut } from "../parts/useSignOut";
import { useTexts } from "../texts/texts";

/** The role demands a second factor, and there is none yet: nothing else is possible before. */
export default function Enrol() {
  const words = useTexts().enrol;
  const leave = useSignOut();
  return (
    <Frame title={words.title}>
      <Typography.Paragraph>{words.why}</Typography.Paragraph>
      <EnrolFactor atOnce />
      <Flex justify="center" className="foot"><Button type="link" onClick={() => leave.mutate()}>{words.leave}</Button></Flex>
    </Frame>
  );
}
