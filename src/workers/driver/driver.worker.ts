import { expose } from 'comlink'
import { Driver } from './driver.ts'

expose(new Driver(navigator.hardwareConcurrency))
