import { Button, Result } from "antd";
import { Component, type ReactNode } from "react";
import { useTexts } from "../texts/texts";

/** What goes wrong while a page is drawn, or a part of it that cannot be loaded, leaves words and a way on, never an empty window. */
export class Unbroken extends Component<{ at: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  /** Another page is tried anew. */
  override componentDidUpdate(before: { at: string }) {
    if (before.at !== this.props.at && this.state.broken) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const texts = useTexts();
  return <Result status="error" title={texts.app.broken} subTitle={texts.app.brokenHelp} extra={<Button type="primary" onClick={() => window.location.reload()}>{texts.app.reload}</Button>} />;
}
