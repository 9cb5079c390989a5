// Edits of the document as a whole.
import { descriptionSchema, groupSchema, nameSchema, settingsSchema } from '#engine/model/document/document-schema.ts'
import type { ReplacePipeline, SetDescription, SetGroups, SetName, SetSettings } from '#engine/model/edit.ts'
import { ok } from '#engine/model/result.ts'
import { type EditRule, parsePart, parseParts } from './edit-rule.ts'

/** Fails: pipeline/too-long. */
export const setName: EditRule<SetName> = {
  apply(pipeline, { name }) {
    const inverse: SetName = { kind: 'setName', name: pipeline.name }
    if (name === pipeline.name) return ok({ pipeline, inverse })
    const parsed = parsePart(nameSchema, name, ['name'])
    return parsed.ok ? ok({ pipeline: { ...pipeline, name }, inverse }) : parsed
  },
  label: ({ name }) => `Name the pipeline ${name}`,
  merge: (_first, second) => second,
}

/** Fails: pipeline/too-long. */
export const setDescription: EditRule<SetDescription> = {
  apply(pipeline, { description }) {
    const inverse: SetDescription = { kind: 'setDescription', description: pipeline.description }
    if (description === pipeline.description) return ok({ pipeline, inverse })
    const parsed = parsePart(descriptionSchema, description, ['description'])
    return parsed.ok ? ok({ pipeline: { ...pipeline, description }, inverse }) : parsed
  },
  label: () => 'Change the description',
  merge: (_first, second) => second,
}

/** Fails: what the schema of the settings says. */
export const setSettings: EditRule<SetSettings> = {
  apply(pipeline, { settings }) {
    const inverse: SetSettings = { kind: 'setSettings', settings: pipeline.settings }
    if (settings === pipeline.settings) return ok({ pipeline, inverse })
    const parsed = parsePart(settingsSchema, settings, ['settings'])
    return parsed.ok ? ok({ pipeline: { ...pipeline, settings: parsed.value }, inverse }) : parsed
  },
  label: () => 'Change the settings',
  merge: (_first, second) => second,
}

/** Fails: what the schema of a group says. */
export const setGroups: EditRule<SetGroups> = {
  apply(pipeline, { groups }) {
    const inverse: SetGroups = { kind: 'setGroups', groups: pipeline.groups }
    if (groups === pipeline.groups) return ok({ pipeline, inverse })
    const parsed = parseParts(groupSchema, groups, 'groups')
    return parsed.ok ? ok({ pipeline: { ...pipeline, groups: parsed.value }, inverse }) : parsed
  },
  label: () => 'Change the groups',
  merge: (_first, second) => second,
}

/** Fails: never; nothing is checked. */
export const replacePipeline: EditRule<ReplacePipeline> = {
  apply: (before, { pipeline }) => ok({ pipeline, inverse: { kind: 'replacePipeline', pipeline: before } }),
  label: ({ pipeline }) => `Open ${pipeline.name}`,
  merge: (_first, second) => second,
}
