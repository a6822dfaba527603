import { describe, expect, it } from 'vitest';
import type { SipService } from '../../src/api/sip-service.ts';
import { getHttpStatus } from '../../src/api/to-consult-room-error.ts';
import { fresh } from './fixture.ts';

/** Checks the behavior on which a promotion relies, of the real SIP service and of the one in memory alike. */
export function sipServiceContract(what: string, subject: () => SipService): void {
  describe(`${what} SIP service`, () => {
    it('lists a number and its rule by their names until they are deleted', async () => {
      const sip = subject();
      const name = fresh('number');
      const trunk = await sip.createSipInboundTrunk(name, [`9${Date.now()}`], {
        metadata: 'mine',
        allowedAddresses: ['10.0.0.0/8'],
      });
      const rule = await sip.createSipDispatchRule(
        { type: 'direct', roomName: 'somewhere' },
        { name, trunkIds: [trunk.sipTrunkId] },
      );
      const { sipTrunkId } = trunk;
      const { sipDispatchRuleId } = rule;
      expect(await sip.listSipInboundTrunk()).toContainEqual(
        expect.objectContaining({ sipTrunkId, name, metadata: 'mine' }),
      );
      expect(await sip.listSipDispatchRule()).toContainEqual(
        expect.objectContaining({ sipDispatchRuleId, name, trunkIds: [sipTrunkId] }),
      );
      await sip.deleteSipDispatchRule(sipDispatchRuleId);
      await sip.deleteSipTrunk(sipTrunkId);
      expect((await sip.listSipInboundTrunk()).filter((one) => one.name === name)).toEqual([]);
      expect((await sip.listSipDispatchRule()).filter((one) => one.name === name)).toEqual([]);
    });

    it('answers 404, or nothing, to the deletion of what is not there', async () => {
      const sip = subject();
      for (const deleting of [sip.deleteSipDispatchRule('SDR_none'), sip.deleteSipTrunk('ST_none')]) {
        const error = await deleting.then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect([undefined, 404]).toContain(error === undefined ? undefined : getHttpStatus(error));
      }
    });
  });
}
