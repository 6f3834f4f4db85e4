/** The gateway of this project, without identity and privacy. */
export { openGateway, type OpenGateway } from '@chengxin/gateway/execute/open-gateway';
