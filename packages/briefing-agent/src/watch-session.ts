import { voice } from '@livekit/agents';

/** What of an agent session a briefing wants to know. */
export interface SessionNews {
  agentSpeaking(now: boolean): void;
  /** An utterance of the agent has played to its end; one that was interrupted does not count. */
  agentSpoke(): void;
  agentSaid(text: string): void;
  humanSpeaking(now: boolean): void;
  humanSaid(text: string): void;
  closed(event: voice.CloseEvent): void;
}

export interface SessionWatch {
  /** Cuts off everything that the agent says or is about to say, also what does not allow interruptions. */
  interrupt(): void;
  /** Stops the news. */
  close(): void;
}

export function watchSession(session: voice.AgentSession, news: SessionNews): SessionWatch {
  const { AgentSessionEventTypes: Type } = voice;
  const speeches = new Set<voice.SpeechHandle>();
  let watching = true;
  let audible = false;

  const onAgentState = ({ oldState, newState }: voice.AgentStateChangedEvent): void => {
    if (newState === 'speaking') audible = true;
    if (newState === 'speaking' || oldState === 'speaking') news.agentSpeaking(newState === 'speaking');
  };
  const onSpeech = ({ speechHandle }: voice.SpeechCreatedEvent): void => {
    speeches.add(speechHandle);
    speechHandle.addDoneCallback(() => {
      speeches.delete(speechHandle);
      // A speech that only called a tool, or was superseded before it played, is no utterance.
      const played = hasWords(speechHandle) || (audible && session.agentState !== 'speaking');
      if (played) audible = false;
      if (played && watching && !speechHandle.interrupted) news.agentSpoke();
    });
  };
  const onUserState = ({ newState }: voice.UserStateChangedEvent): void => news.humanSpeaking(newState === 'speaking');
  const onWords = ({ isFinal, transcript }: voice.UserInputTranscribedEvent): void => {
    if (isFinal && transcript.trim() !== '') news.humanSaid(transcript.trim());
  };
  const onItem = ({ item }: voice.ConversationItemAddedEvent): void => {
    if (item.type === 'message' && item.role === 'assistant') news.agentSaid(item.textContent ?? '');
  };
  const onClose = (event: voice.CloseEvent): void => news.closed(event);
  session.on(Type.AgentStateChanged, onAgentState);
  session.on(Type.SpeechCreated, onSpeech);
  session.on(Type.UserStateChanged, onUserState);
  session.on(Type.UserInputTranscribed, onWords);
  session.on(Type.ConversationItemAdded, onItem);
  session.on(Type.Close, onClose);
  // An emitter without a listener for errors throws them; the session counts its models' errors itself and closes
  // when there are too many, so this listener stays for as long as the session lives.
  session.on(Type.Error, () => undefined);

  return {
    interrupt: () => {
      for (const speech of speeches) speech.interrupt(true);
    },
    close: () => {
      watching = false;
      session.off(Type.AgentStateChanged, onAgentState);
      session.off(Type.SpeechCreated, onSpeech);
      session.off(Type.UserStateChanged, onUserState);
      session.off(Type.UserInputTranscribed, onWords);
      session.off(Type.ConversationItemAdded, onItem);
      session.off(Type.Close, onClose);
    },
  };
}

function hasWords(speech: voice.SpeechHandle): boolean {
  return speech.chatItems.some((item) => item.type === 'message' && item.role === 'assistant');
}
