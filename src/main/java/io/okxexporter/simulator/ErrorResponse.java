package io.okxexporter.simulator;

/**
 * The error responses. Most are those of OKX's gateway, without {@code data}. Where a recorded body
 * exists, it is used as it is, except for the address.
 */
enum ErrorResponse {
  RATE_LIMITED(429, "50011", "Too Many Requests"),
  WRONG_ENVIRONMENT(401, "50101", "APIKey does not match current environment."),
  TIMESTAMP_EXPIRED(401, "50102", "Timestamp request expired"),
  NO_KEY(401, "50103", "Request header OK-ACCESS-KEY can not be empty."),
  NO_PASSPHRASE(401, "50104", "Request header OK-ACCESS-PASSPHRASE can not be empty."),
  WRONG_PASSPHRASE(401, "50105", "Request header OK-ACCESS-PASSPHRASE incorrect."),
  NO_SIGN(401, "50106", "Request header OK-ACCESS-SIGN can not be empty."),
  NO_TIMESTAMP(401, "50107", "Request header OK-ACCESS-TIMESTAMP can not be empty."),
  ADDRESS_NOT_ALLOWED(
      401,
      "50110",
      "Your IP " + ErrorResponse.ADDRESS + " is not included in your API key's xxxx IP whitelist."),
  UNKNOWN_KEY(401, "50111", "Invalid OK-ACCESS-KEY"),
  INVALID_TIMESTAMP(401, "50112", "Invalid OK-ACCESS-TIMESTAMP"),
  INVALID_SIGN(401, "50113", "Invalid Sign"),
  KEY_OF_ANOTHER_REGION(401, "50119", "API key doesn't exist"),
  NO_PERMISSION(401, "50120", "This API key doesn't have permission to use this function"),
  NOT_FOUND(404, "404", "Not Found"),
  METHOD_NOT_ALLOWED(405, "405", "Method Not Allowed"),
  BAD_CCY(400, "{\"code\":\"51000\",\"data\":[],\"msg\":\"Parameter ccy error\"}"),
  BAD_PAGE(400, "{\"code\":\"51000\",\"data\":[],\"msg\":\"Parameter limit error\"}"),
  NOT_A_MAIN_ACCOUNT(
      200,
      "{\"code\":\"59500\",\"data\":[],\"msg\":\"Only the API key of the main account has permission\"}"),
  NOT_IN_DEMO(
      200,
      "{\"code\":\"50038\",\"data\":[],\"msg\":\"This feature is unavailable in demo trading\"}");

  /** A placeholder for the address of the request. */
  private static final String ADDRESS = "{address}";

  private final int status;
  private final String body;

  ErrorResponse(int status, String code, String msg) {
    this(status, "{\"msg\":\"" + msg + "\",\"code\":\"" + code + "\"}");
  }

  ErrorResponse(int status, String body) {
    this.status = status;
    this.body = body;
  }

  SimulatedResponse response(SimulatedRequest request) {
    return SimulatedResponse.json(status, body.replace(ADDRESS, request.address()));
  }
}
