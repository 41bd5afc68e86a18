import { useMutation } from "@tanstack/react-query";
import { App, Button, Flex, Popconfirm } from "antd";
import { ask } from "../api/client";
import { faultText } from "../parts/faults";
import { useTexts } from "../texts/texts";

/** For callers who threaten, or only disturb. A threat brings a leader in who listens, silently. */
export function MarkButtons({ call }: { call: string }) {
  const texts = useTexts();
  const words = texts.summary;
  const { message } = App.useApp();
  const mark = useMutation({
    mutationFn: (kind: "threat" | "nuisance") => ask("POST /api/v1/calls/{call}/marks", { path: { call }, body: { mark: kind } }),
    onSuccess: ({ mark: kind, leader }) => void message.success(kind === "nuisance" ? words.marked : leader ? `${words.leaderComes} ${leader}` : words.noLeader),
    onError: (fault) => { const { message: title, detail } = faultText(fault, texts); void message.error(`${title} ${detail}`); },
  });
  return (
    <Flex gap="small" wrap>
      <Popconfirm title={words.threatSure} okText={words.threat} onConfirm={() => mark.mutate("threat")}><Button size="small" danger loading={mark.isPending && mark.variables === "threat"}>{words.threat}</Button></Popconfirm>
      <Button size="small" loading={mark.isPending && mark.variables === "nuisance"} onClick={() => mark.mutate("nuisance")}>{words.nuisance}</Button>
    </Flex>
  );
}
