import { Button, Drawer, Flex, Popconfirm } from "antd";
import { ask } from "../api/client";
import { SessionList } from "../parts/SessionList";
import { useWriting } from "../parts/useWriting";
import { useTexts } from "../texts/texts";

const list = "GET /api/v1/users/{user}/sessions";

/** Where a user is signed in, and the ways to end that. */
export function UserSessions({ user, close }: { user: string; close: () => void }) {
  const { users: words, account } = useTexts();
  const path = { user };
  const end = useWriting<string>(list, (session) => ask("DELETE /api/v1/users/{user}/sessions/{session}", { path: { user, session } }), { done: account.ended, tells: true });
  const endAll = useWriting<void>(list, () => ask("DELETE /api/v1/users/{user}/sessions", { path }), { done: account.ended, tells: true });
  const unfactor = useWriting<void>(list, () => ask("DELETE /api/v1/users/{user}/second-factor", { path }), { done: account.factorRemoved, tells: true });
  const unbind = useWriting<void>(list, () => ask("DELETE /api/v1/users/{user}/provider-person", { path }), { done: words.personForgotten, tells: true });
  return (
    <Drawer title={`${words.sessions} · ${user}`} open size={720} onClose={close}>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          <Button onClick={() => endAll.mutate()} loading={endAll.isPending}>{words.endAll}</Button>
          <Popconfirm title={words.removeFactorSure} okText={words.removeFactor} onConfirm={() => unfactor.mutate()}><Button danger>{words.removeFactor}</Button></Popconfirm>
          <Popconfirm title={words.forgetPersonSure} okText={words.forgetPerson} onConfirm={() => unbind.mutate()}><Button danger>{words.forgetPerson}</Button></Popconfirm>
        </Flex>
        <SessionList list={list} path={path} end={end.mutate} />
      </Flex>
    </Drawer>
  );
}
