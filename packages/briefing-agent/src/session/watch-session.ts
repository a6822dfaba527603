import { voice } from '@livekit/agents';
import { isRealtime } from '../models/briefing-models.js';
import { HeardSoFar } from './heard-so-far.js';

/** What of an agent session a briefing wants to know. */
export interface SessionNews {
  agentSpeaking(now: boolean): void;
  /** An utterance is over; of one that was cut off, `text` is as much as was heard. */
  agentSaid(text: string): void;
  humanSpeaking(now: boolean): void;
  humanSaid(text: string): void;
  /** The model has done what it was asked for: a speech is over, not cut off, or came to nothing, or tools have run. */
  modelActed(): void;
  /**
   * A model failed for good, retries included. One of language or voice may have failed for another session that uses
   * it too.
   */
  modelFailed(cause: unknown, model: 'language-or-voice' | 'other'): void;
  closed(event: voice.CloseEvent): void;
}

export interface SessionWatch {
  /** Cuts off everything that the agent says or is about to say, also what does not allow interruptions. */
  interrupt(): void;
  /** Cuts off the same, as if nothing of it had been said: none of its words is news. */
  takeBack(): void;
  /** Whether a reply that a model begins by itself is cut off immediately. */
  hush(now: boolean): void;
  /** Stops the news. */
  close(): void;
}

export function watchSession(session: voice.AgentSession, news: SessionNews): SessionWatch {
  const { AgentSessionEventTypes: Type } = voice;
  const speeches = new Set<voice.SpeechHandle>();
  let watching = true;
  let hushed = false;
  const takenBack = new Set<voice.SpeechHandle>();

  const heard = new HeardSoFar();
  const onAgentState = ({ oldState, newState }: voice.AgentStateChangedEvent): void => {
    if (newState !== 'speaking' && oldState !== 'speaking') return;
    heard.speaking(newState === 'speaking', performance.now());
    news.agentSpeaking(newState === 'speaking');
  };
  const onMetrics = ({ metrics }: voice.MetricsCollectedEvent): void => {
    if (metrics.type === 'tts_metrics' && !metrics.cancelled)
      heard.voiced(metrics.charactersCount, metrics.audioDurationMs);
  };
  const onSpeech = ({ speechHandle, userInitiated }: voice.SpeechCreatedEvent): void => {
    if (hushed && !userInitiated) speechHandle.interrupt(true);
    // A realtime model's speech is created with its answer, that of a pipeline before.
    if (isRealtime(session.llm ?? null) && !userInitiated) news.modelActed();
    speeches.add(speechHandle);
    speechHandle.addDoneCallback(() => {
      speeches.delete(speechHandle);
      takenBack.delete(speechHandle);
      // What was cut off is no answer to the words that cut it off.
      if (watching && !speechHandle.interrupted) news.modelActed();
    });
  };
  const onUserState = ({ newState }: voice.UserStateChangedEvent): void => news.humanSpeaking(newState === 'speaking');
  const onWords = ({ isFinal, transcript }: voice.UserInputTranscribedEvent): void => {
    if (isFinal && transcript.trim() !== '') news.humanSaid(transcript.trim());
  };
  const onItem = ({ item }: voice.ConversationItemAddedEvent): void => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    const text = item.textContent ?? '';
    const begun = heard.end(text, performance.now());
    const said = item.interrupted ? begun.trimEnd() : text;
    // The framework keeps the whole text; the model is to know what was not heard. A realtime model keeps its own.
    if (said !== text && !isRealtime(session.llm ?? null)) item.content = [`${said}…`];
    if (!item.interrupted || takenBack.size === 0) news.agentSaid(said);
  };
  const onTools = (): void => news.modelActed();
  const onError = ({ error }: voice.ErrorEvent): void => {
    const failure = asModelFailure(error);
    if (watching && failure !== undefined) news.modelFailed(failure.cause, failure.model);
  };
  const onClose = (event: voice.CloseEvent): void => news.closed(event);
  session.on(Type.AgentStateChanged, onAgentState);
  session.on(Type.MetricsCollected, onMetrics);
  session.on(Type.SpeechCreated, onSpeech);
  session.on(Type.UserStateChanged, onUserState);
  session.on(Type.UserInputTranscribed, onWords);
  session.on(Type.ConversationItemAdded, onItem);
  session.on(Type.FunctionToolsExecuted, onTools);
  session.on(Type.Close, onClose);
  // Stays for as long as the session lives: an emitter without a listener for errors throws them.
  session.on(Type.Error, onError);

  return {
    interrupt: () => {
      for (const speech of speeches) speech.interrupt(true);
    },
    takeBack: () => {
      for (const speech of speeches) {
        takenBack.add(speech);
        speech.interrupt(true);
      }
    },
    hush: (now) => {
      hushed = now;
    },
    close: () => {
      watching = false;
      session.off(Type.AgentStateChanged, onAgentState);
      session.off(Type.MetricsCollected, onMetrics);
      session.off(Type.SpeechCreated, onSpeech);
      session.off(Type.UserStateChanged, onUserState);
      session.off(Type.UserInputTranscribed, onWords);
      session.off(Type.ConversationItemAdded, onItem);
      session.off(Type.FunctionToolsExecuted, onTools);
      session.off(Type.Close, onClose);
    },
  };
}

interface ModelFailure {
  cause: unknown;
  model: 'language-or-voice' | 'other';
}

/** A model's error that was not retried; the models' errors come wrapped in an event. */
function asModelFailure(error: voice.ErrorEvent['error']): ModelFailure | undefined {
  if (!('recoverable' in error) || error.recoverable || !('error' in error)) return undefined;
  const isShared = error.type === 'llm_error' || error.type === 'tts_error';
  return { cause: error.error, model: isShared ? 'language-or-voice' : 'other' };
}
